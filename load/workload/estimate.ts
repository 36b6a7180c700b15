import { expectedWithin } from '../pace/plan.ts'
import { meanOf } from './choices.ts'
import type { Workload } from './workload.ts'

/** What a workload will move, as far as it can be told before. */
export interface Estimate {
  /** Undefined for a closed loop: as much as the target takes. */
  readonly appends: number | undefined
  readonly appendedBytes: number | undefined
  /** Of all readers together. */
  readonly readBytes: number | undefined
}

export function estimate({ appends, tail, catchUp, seconds, warmupSeconds }: Workload): Estimate {
  const { arrival } = appends
  if (arrival.kind === 'closed') return { appends: undefined, appendedBytes: undefined, readBytes: undefined }
  const count = Math.ceil(expectedWithin(arrival.rate, seconds + warmupSeconds))
  const appendedBytes = Math.ceil(count * meanOf(appends.batch) * meanOf(appends.recordBytes))
  return { appends: count, appendedBytes, readBytes: appendedBytes * (tail.readers + catchUp.readers) }
}
