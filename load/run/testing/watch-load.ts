import type { Launcher } from '../../../client/launch/launcher.ts'
import type { Numbers } from '../../measure/board.ts'
import type { LiveMoment } from '../coordinator/live-moment.ts'

type Counted = Numbers['counted']

/** The moments of a load, for a test that acts on what the load has done and not on a time. */
export interface LoadWatch {
  readonly see: (moment: LiveMoment) => void
  /** Resolves at the first moment from now on at which `holds`. */
  until(holds: (counted: Counted, moment: LiveMoment) => boolean): Promise<Counted>
}

export function watchLoad(): LoadWatch {
  let next = Promise.withResolvers<LiveMoment>()
  return {
    see(moment) {
      next.resolve(moment)
      next = Promise.withResolvers()
    },
    async until(holds) {
      for (;;) {
        const moment = await next.promise
        if (holds(moment.numbers.counted, moment)) return moment.numbers.counted
      }
    },
  }
}

/**
 * Stops the target once it has acknowledged an append, and resolves once others are under way that it cannot acknowledge.
 * An open loop begins more of them; a closed loop has as many under way as it has slots.
 */
export async function stopUnderWay(launcher: Launcher, watch: LoadWatch, isClosed = false): Promise<void> {
  await watch.until(({ acked }) => acked > 0)
  await launcher.pause()
  const { begun } = await watch.until(() => true)
  if (!isClosed) await watch.until((counted) => counted.begun > begun)
}
