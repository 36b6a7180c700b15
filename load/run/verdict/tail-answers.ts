import type { Load } from '../coordinator/coordinator.ts'
import { unknownTailsIn } from '../engine/tail.ts'
import type { Evidence } from './evidence.ts'

/** Where streams end: how the load itself asked for it, and whether there was an answer when it had ended. */
export const tailAnswers = ({
  tails,
  end: { counted },
}: Pick<Load, 'tails' | 'end'>): Pick<Evidence, 'checkTails' | 'gone'> => ({
  checkTails: {
    begun: counted.checkTailsBegun,
    good: counted.checkTails,
    failed: counted.checkTailsFailed,
  },
  gone: unknownTailsIn(tails)?.why,
})
