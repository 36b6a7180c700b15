import { ConformanceFailure } from '../../client/failures.ts'
import { TargetError } from '../../client/target-error.ts'

/** What all clients of a target that is treated roughly have in common: when they end, and what they wait for. */
export interface Survivor {
  readonly goesOn: boolean
  /**
   * Acts once. A target that is down or going down refuses and cuts: then this waits until it is up. Anything else is
   * thrown on.
   */
  survive(act: () => Promise<void>): Promise<void>
}

/** `recovered` is told anew each time: when the target answers again after what is being done to it. */
export function createSurvivor(goesOn: () => boolean, recovered: () => Promise<void>): Survivor {
  return {
    get goesOn() {
      return goesOn()
    },
    async survive(act) {
      try {
        await act()
      } catch (error) {
        if (!(error instanceof TargetError || isUnavailable(error))) throw error
        await recovered()
      }
    },
  }
}

/** A session that was refused at its beginning, by a server that is on its way out. */
const isUnavailable = (error: unknown): boolean =>
  error instanceof ConformanceFailure && /\b50[03]\b/.test(error.finding.actual)
