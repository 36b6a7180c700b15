import type { Defect } from '../defect.ts'
import { commitsAreDoneBeforeTheyAreStored } from './commits-are-done-before-they-are-stored.ts'
import { commitsAreDoneOnceAnotherIsUnderWay } from './commits-are-done-once-another-is-under-way.ts'
import { lastFenceIsNotStored } from './last-fence-is-not-stored.ts'
import { restartForgetsTheRequestToken } from './restart-forgets-the-request-token.ts'
import { restartGivesTheLastNumberAgain } from './restart-gives-the-last-number-again.ts'
import { restartKeepsHalfOfABatch } from './restart-keeps-half-of-a-batch.ts'
import { restartLiftsTheFence } from './restart-lifts-the-fence.ts'
import { restartLosesTheFloor } from './restart-loses-the-floor.ts'
import { restartResetsTheConfiguration } from './restart-resets-the-configuration.ts'
import { restartTakesBackTheTrim } from './restart-takes-back-the-trim.ts'

export const crash: readonly Defect[] = [
  commitsAreDoneBeforeTheyAreStored,
  commitsAreDoneOnceAnotherIsUnderWay,
  lastFenceIsNotStored,
  restartForgetsTheRequestToken,
  restartGivesTheLastNumberAgain,
  restartKeepsHalfOfABatch,
  restartLiftsTheFence,
  restartLosesTheFloor,
  restartResetsTheConfiguration,
  restartTakesBackTheTrim,
]
