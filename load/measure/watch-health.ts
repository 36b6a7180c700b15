import { readFileSync } from 'node:fs'
import { type Histogram, monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks'

/** How a thread fared itself while it was measuring; times in microseconds. */
export interface Health {
  /** Part of the time that the thread was busy, 0 to 1. */
  readonly busy: number
  readonly loopDelayP99Us: number
  readonly loopDelayMostUs: number
  /** All times together in which the loop did not turn for 10 ms or more. */
  readonly stoodStillUs: number
  readonly collections: number
  readonly collectedUs: number
  readonly longestCollectionUs: number
  /** How long it was ready to run and had no processor; absent where the system does not say. */
  readonly waitedUs?: number
}

/** The histogram looks every millisecond, and says so: what it shows at rest is taken off. */
const RESOLUTION_MS = 1
const STILL_NS = 10e6

/** Of the thread that it was begun in. */
export interface Watch {
  /** Forgets what was until now. */
  restart(): void
  /** What was since; nothing more is watched. */
  end(): Health
}

export function watchHealth(): Watch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let collections = 0
  let collected = 0
  let longest = 0
  let from = performance.now()
  const observer = new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) {
      // It is told of later than it was.
      if (startTime < from) continue
      collections += 1
      collected += duration
      longest = Math.max(longest, duration)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  let before = performance.eventLoopUtilization()
  let waitedBefore = waitedForProcessor()
  const restart = (): void => {
    from = performance.now()
    collections = 0
    collected = 0
    longest = 0
    delay.reset()
    before = performance.eventLoopUtilization()
    waitedBefore = waitedForProcessor()
  }
  const end = (): Health => {
    const { utilization } = performance.eventLoopUtilization(before)
    const waited = waitedForProcessor()
    delay.disable()
    observer.disconnect()
    return {
      busy: utilization,
      loopDelayP99Us: beyondRest(delay.percentile(99)),
      loopDelayMostUs: beyondRest(delay.max),
      stoodStillUs: timeAbove(delay, STILL_NS) / 1000,
      collections,
      collectedUs: collected * 1000,
      longestCollectionUs: longest * 1000,
      ...(waited !== undefined && waitedBefore !== undefined && { waitedUs: waited - waitedBefore }),
    }
  }
  return { restart, end }
}

/** The sum of all values of a histogram that reach this one, each to three digits: they are asked for from the greatest down. */
export function timeAbove(histogram: Pick<Histogram, 'count' | 'percentile'>, least: number): number {
  const { count } = histogram
  let sum = 0
  for (let rank = count; rank > 0; rank--) {
    const value = histogram.percentile((rank / count) * 100)
    if (value < least) break
    sum += value
  }
  return sum
}

/** Nanoseconds of the histogram as microseconds beyond what it shows of a thread that does nothing. */
const beyondRest = (nanoseconds: number): number => Math.max(0, nanoseconds / 1000 - RESOLUTION_MS * 1000)

/** Of this thread since its start, in microseconds, as Linux counts it; undefined on other systems. */
function waitedForProcessor(): number | undefined {
  try {
    const [, nanoseconds] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')
    return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1000
  } catch {
    // There is no such file: it is not known, and nothing is said of it.
    return undefined
  }
}
