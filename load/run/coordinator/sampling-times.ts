import type { Workload } from '../../workload/workload.ts'

const EVERY_SECONDS = 1

/**
 * When a load is looked at, in seconds of its plan: at the first moment that is measured, every second from there on, and at the
 * end. By index from the first and from nothing else: a sum would come to just before the end, and what is there between would
 * count as a second like the others.
 */
export function* samplingTimes({
  warmupSeconds,
  seconds,
}: Pick<Workload, 'warmupSeconds' | 'seconds'>): Generator<number, void, undefined> {
  const until = warmupSeconds + seconds
  for (let index = 0; ; index++) {
    const at = Math.min(until, warmupSeconds + index * EVERY_SECONDS)
    yield at
    if (at >= until) return
  }
}
