import type { Defect } from '../defect.ts'
import { restartForgetsTheRequestToken } from './restart-forgets-the-request-token.ts'
import { restartLiftsTheFence } from './restart-lifts-the-fence.ts'
import { restartLosesTheFloor } from './restart-loses-the-floor.ts'
import { restartResetsTheConfiguration } from './restart-resets-the-configuration.ts'

export const crash: readonly Defect[] = [
  restartForgetsTheRequestToken,
  restartLiftsTheFence,
  restartLosesTheFloor,
  restartResetsTheConfiguration,
]
