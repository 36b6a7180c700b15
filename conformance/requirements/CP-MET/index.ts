import type { Requirement } from '../../check/requirement.ts'
import { content } from './content.ts'
import { notImplemented } from './not-implemented.ts'
import { parametersRows } from './parameters.ts'
import { series } from './series.ts'

export const CP_MET: readonly Requirement[] = [...notImplemented, ...parametersRows, ...content, ...series]
