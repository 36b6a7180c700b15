import type { Requirement } from '../../check/requirement.ts'
import * as content from './content.ts'
import * as events from './events.ts'
import * as resume from './resume.ts'
import * as setup from './setup.ts'

export const sseRequirements: readonly Requirement[] = [setup, events, content, resume].flatMap((group) =>
  Object.values(group),
)
