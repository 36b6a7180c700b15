import type { Defect } from '../defect.ts'
import { boundedSessionWaitsAtTheTail } from './bounded-session-waits-at-the-tail.ts'
import { byteBoundIsExclusive } from './byte-bound-is-exclusive.ts'
import { bytesBoundIgnoresHeaders } from './bytes-bound-ignores-headers.ts'
import { clampIsIgnored } from './clamp-is-ignored.ts'
import { defaultStartIsTheFirstRecord } from './default-start-is-the-first-record.ts'
import { eitherBoundMayBePassed } from './either-bound-may-be-passed.ts'
import { emptyTimeRangeIsRead } from './empty-time-range-is-read.ts'
import { equalTimestampsAreSkipped } from './equal-timestamps-are-skipped.ts'
import { everythingIsClamped } from './everything-is-clamped.ts'
import { firstOfTwoSelectorsWins } from './first-of-two-selectors-wins.ts'
import { firstRecordComesInAnyCase } from './first-record-comes-in-any-case.ts'
import { numbersAbove2ToThe63StartAt0 } from './numbers-above-2-to-the-63-start-at-0.ts'
import { offsetBeyondTheStartIsTheTail } from './offset-beyond-the-start-is-the-tail.ts'
import { recordsPast127ComeFirst } from './records-past-127-come-first.ts'
import { sessionBatchesAreNotCut } from './session-batches-are-not-cut.ts'
import { tailIsReadAsNothing } from './tail-is-read-as-nothing.ts'
import { tailOffsetIsOneTooFar } from './tail-offset-is-one-too-far.ts'
import { unaryBytesAreNotCapped } from './unary-bytes-are-not-capped.ts'
import { unaryReadsAreNotCapped } from './unary-reads-are-not-capped.ts'
import { unaryReadsStopAt999 } from './unary-reads-stop-at-999.ts'
import { unaryWaitEndsAfter6Seconds } from './unary-wait-ends-after-6-seconds.ts'
import { unaryWaitIsNotCapped } from './unary-wait-is-not-capped.ts'
import { untilIsInclusive } from './until-is-inclusive.ts'
import { zeroBoundsAreNoBounds } from './zero-bounds-are-no-bounds.ts'
import { zeroWaitIsNoWaitGiven } from './zero-wait-is-no-wait-given.ts'

export const read: readonly Defect[] = [
  boundedSessionWaitsAtTheTail,
  byteBoundIsExclusive,
  bytesBoundIgnoresHeaders,
  clampIsIgnored,
  defaultStartIsTheFirstRecord,
  eitherBoundMayBePassed,
  emptyTimeRangeIsRead,
  equalTimestampsAreSkipped,
  everythingIsClamped,
  firstOfTwoSelectorsWins,
  firstRecordComesInAnyCase,
  numbersAbove2ToThe63StartAt0,
  offsetBeyondTheStartIsTheTail,
  recordsPast127ComeFirst,
  sessionBatchesAreNotCut,
  tailIsReadAsNothing,
  tailOffsetIsOneTooFar,
  unaryBytesAreNotCapped,
  unaryReadsAreNotCapped,
  unaryReadsStopAt999,
  unaryWaitEndsAfter6Seconds,
  unaryWaitIsNotCapped,
  untilIsInclusive,
  zeroBoundsAreNoBounds,
  zeroWaitIsNoWaitGiven,
]
