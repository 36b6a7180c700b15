import { type Clock, sleep } from '../../kit/clock.ts'
import type { BasinClient } from '../basin-client.ts'
import { ConformanceFailure } from '../failures.ts'

export interface Attempts<T> {
  readonly what: string
  readonly seconds: number
  readonly attempt: () => Promise<T | undefined>
  readonly clock: Clock
  readonly signal: AbortSignal
}

const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 250

/** Calls `attempt` until it returns a value. Throws `ConformanceFailure` when the time is over. */
export async function eventually<T>({ what, seconds, attempt, clock, signal }: Attempts<T>): Promise<T> {
  const end = clock.now() + seconds * 1000
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const value = await attempt()
    if (value !== undefined) return value
    if (clock.now() + pause > end) {
      throw new ConformanceFailure({
        subject: what,
        expected: `within ${seconds} s`,
        actual: 'not in that time',
      })
    }
    await sleep(clock, pause, signal)
  }
}

/** A hosted basin answers 503 for a moment after its creation (CP-BAS-045). Resolves to whether this one did. */
export async function untilServed(
  basin: Pick<BasinClient, 'name' | 'listStreams'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly tookTime: boolean }> {
  let tookTime = false
  return await eventually({
    what: `basin ${basin.name} is served`,
    seconds: 30,
    attempt: async () => {
      const isServed = (await basin.listStreams({ limit: 1 })).status !== 503
      tookTime ||= !isServed
      return isServed ? { tookTime } : undefined
    },
    clock,
    signal,
  })
}
