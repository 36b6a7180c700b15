import type { Requirement } from '../../check/requirement.ts'
import { answers } from './answers.ts'
import { atTheTail } from './at-the-tail.ts'
import { bounds } from './bounds.ts'
import { deletedStream } from './deleted-stream.ts'
import { follow } from './follow.ts'
import { idle } from './idle.ts'
import { independence } from './independence.ts'
import { longPoll } from './long-poll.ts'
import { paging } from './paging.ts'
import { selectors } from './selectors.ts'
import { sessionBounds } from './session-bounds.ts'
import { timestamps } from './timestamps.ts'
import { unaryCaps } from './unary-caps.ts'
import { until } from './until.ts'
import { unwritten } from './unwritten.ts'

export const READ: readonly Requirement[] = [
  ...selectors,
  ...timestamps,
  ...atTheTail,
  ...bounds,
  ...until,
  ...unaryCaps,
  ...sessionBounds,
  ...longPoll,
  ...follow,
  ...idle,
  ...deletedStream,
  ...independence,
  ...unwritten,
  ...answers,
  ...paging,
]
