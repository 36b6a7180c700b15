import type { Bug } from './bug.ts'
import {
  acknowledgesBeforeTheSync,
  configurationIsToldBeforeItLasts,
  deletionIsToldBeforeItLasts,
  followersSeeWhatDoesNotLast,
  joinsTheSyncUnderWay,
  refusalIsToldBeforeItsReasonLasts,
  tailShowsWhatDoesNotLast,
} from './early.ts'
import {
  fenceIsForgottenAtRestart,
  numbersBeginAnewWhenEmptied,
  streamNumbersAreGivenTwice,
  timestampsBeginAnewAtRestart,
  trimIsForgottenAtRestart,
} from './restart.ts'
import {
  conditionIsNotCheckedInAQueue,
  followerMissesWhatComesMeanwhile,
  sessionGoesOnAfterARefusal,
} from './serving.ts'
import {
  batchesTear,
  deletionIsNotResumed,
  deletionLeavesRecords,
  failedSyncIsTriedAgain,
  statesComeLate,
  storeGoesOnAfterAFailure,
} from './writing.ts'

/** Bugs that the simulation must find. */
export const bugs: readonly Bug[] = [
  acknowledgesBeforeTheSync,
  joinsTheSyncUnderWay,
  refusalIsToldBeforeItsReasonLasts,
  tailShowsWhatDoesNotLast,
  followersSeeWhatDoesNotLast,
  deletionIsToldBeforeItLasts,
  configurationIsToldBeforeItLasts,

  fenceIsForgottenAtRestart,
  trimIsForgottenAtRestart,
  timestampsBeginAnewAtRestart,
  numbersBeginAnewWhenEmptied,
  streamNumbersAreGivenTwice,

  batchesTear,
  statesComeLate,
  failedSyncIsTriedAgain,
  storeGoesOnAfterAFailure,
  deletionLeavesRecords,
  deletionIsNotResumed,

  sessionGoesOnAfterARefusal,
  followerMissesWhatComesMeanwhile,
  conditionIsNotCheckedInAQueue,
]
