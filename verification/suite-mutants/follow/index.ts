import type { Defect } from '../defect.ts'
import { countIsThatOfABatch } from './count-is-that-of-a-batch.ts'
import { followerGetsOneRecordABatch } from './follower-gets-one-record-a-batch.ts'
import { followerMissesTheAppendUnderWay } from './follower-misses-the-append-under-way.ts'
import { followerSkipsWhatCameMeanwhile } from './follower-skips-what-came-meanwhile.ts'
import { liveBatchBreaksTheBounds } from './live-batch-breaks-the-bounds.ts'
import { liveBatchComesTwice } from './live-batch-comes-twice.ts'
import { liveBatchesComeBackwards } from './live-batches-come-backwards.ts'
import { unboundedSessionEndsAtTheTail } from './unbounded-session-ends-at-the-tail.ts'
import { untilIsForgottenAtTheTail } from './until-is-forgotten-at-the-tail.ts'
import { waitIsInMilliseconds } from './wait-is-in-milliseconds.ts'

export const follow: readonly Defect[] = [
  countIsThatOfABatch,
  followerGetsOneRecordABatch,
  followerMissesTheAppendUnderWay,
  followerSkipsWhatCameMeanwhile,
  liveBatchBreaksTheBounds,
  liveBatchComesTwice,
  liveBatchesComeBackwards,
  unboundedSessionEndsAtTheTail,
  untilIsForgottenAtTheTail,
  waitIsInMilliseconds,
]
