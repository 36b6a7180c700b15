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

/** Of the load, and of a second opinion where one is asked for: that appends, and nobody reads it. */
export function estimate(
  { appends, tail, catchUp, seconds, warmupSeconds }: Workload,
  wantsSecondOpinion: boolean,
): Estimate {
  const { arrival } = appends
  if (arrival.kind === 'closed') return { appends: undefined, appendedBytes: undefined, readBytes: undefined }
  const count = Math.ceil(expectedWithin(arrival.rate, seconds + warmupSeconds))
  const bytesOf = (some: number): number =>
    Math.ceil(some * meanOf(appends.batch) * meanOf(appends.recordBytes))
  const more =
    wantsSecondOpinion && arrival.rate.kind === 'constant'
      ? appendsOf(secondOpinionExtent(arrival.rate.perSecond, seconds))
      : 0
  return {
    appends: count + more,
    appendedBytes: bytesOf(count) + bytesOf(more),
    readBytes: bytesOf(count) * (tail.readers + catchUp.readers),
  }
}

/** How much another tool is asked to append. */
export interface Extent {
  readonly perSecond: number
  readonly seconds: number
}

const MOST_SECONDS = 30

/** It takes whole numbers, and half a minute is enough to agree or not. */
export const secondOpinionExtent = (perSecond: number, seconds: number): Extent => ({
  perSecond: Math.max(1, Math.round(perSecond)),
  seconds: Math.min(MOST_SECONDS, Math.max(1, Math.round(seconds))),
})

const appendsOf = ({ perSecond, seconds }: Extent): number => perSecond * seconds
