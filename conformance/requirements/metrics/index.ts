import type { Requirement } from '../../check/requirement.ts'
import * as content from './content.ts'
import * as parameters from './parameters.ts'
import * as series from './series.ts'

export const metricsRequirements: readonly Requirement[] = [parameters, content, series].flatMap((group) =>
  Object.values(group),
)
