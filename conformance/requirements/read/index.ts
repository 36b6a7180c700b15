import type { Requirement } from '../../check/requirement.ts'
import * as answers from './answers.ts'
import * as atTheTail from './at-the-tail.ts'
import * as bounds from './bounds.ts'
import * as deletion from './deletion.ts'
import * as follow from './follow.ts'
import * as idle from './idle.ts'
import * as independence from './independence.ts'
import * as longPoll from './long-poll.ts'
import * as paging from './paging.ts'
import * as selectors from './selectors.ts'
import * as sessionBounds from './session-bounds.ts'
import * as timestamps from './timestamps.ts'
import * as unaryCaps from './unary-caps.ts'
import * as until from './until.ts'
import * as unwritten from './unwritten.ts'

export const readRequirements: readonly Requirement[] = [
  selectors,
  timestamps,
  atTheTail,
  unwritten,
  bounds,
  until,
  unaryCaps,
  sessionBounds,
  longPoll,
  follow,
  idle,
  answers,
  independence,
  paging,
  deletion,
].flatMap((group) => Object.values(group))
