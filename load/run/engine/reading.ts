import { SECOND_US } from '../../measure/clock.ts'
import type { Reads } from '../../workload/workload.ts'
import type { EngineParts } from './engine-parts.ts'
import { forEachLimited } from './for-each-limited.ts'
import type { ReaderReport, ReadSoFar } from './messages.ts'
import { StreamReader } from './stream-reader.ts'
import { isKnownTail, type Tail } from './tail.ts'
import { withDeadline } from './with-deadline.ts'

/** The readers of one thread: those at the tail, and those that come when the appends have ended. */
export interface Reading {
  open(): Promise<void>
  /** Where those at the tail are. */
  soFar(): readonly ReadSoFar[]
  /** Those at the tail go on to where each stream ends, or are given up, and are closed. */
  readTo(tails: readonly Tail[]): Promise<void>
  /** The others read everything; returns how many seconds it took, 0 for none. */
  catchUp(tails: readonly Tail[]): Promise<number>
  reports(): readonly ReaderReport[]
}

/** A reader to whom nothing comes for this long although there is more is given up. */
const STALL_MS = 10_000
const UNANSWERED = `a reader had no answer for ${STALL_MS / 1000} s`
/** Readers of one thread that catch up at a time. */
const WIDTH = 16

export function createReading(parts: EngineParts): Reading {
  const { workload } = parts.task
  const { own, now } = parts.wiring
  const each = (reads: Reads, isTail: boolean): readonly StreamReader[] =>
    own.flatMap((stream) =>
      Array.from({ length: reads.readers }, () => new StreamReader({ ...parts, stream, reads, isTail })),
    )
  const following = each(workload.tail, true)
  let caughtUp: readonly StreamReader[] = []
  return {
    async open() {
      await Promise.all(following.map((reader) => withDeadline(reader.open(), STALL_MS, UNANSWERED)))
    },
    soFar: () => following.map(({ stream, next }) => ({ stream, next })),
    async readTo(tails) {
      await Promise.all(following.map((reader) => reader.readTo(tails[reader.stream] ?? 0, STALL_MS)))
      for (const reader of following) reader.close()
    },
    async catchUp(tails) {
      const begin = now()
      caughtUp = each(workload.catchUp, false)
      await forEachLimited(caughtUp, WIDTH, async (reader) => {
        const tail = tails[reader.stream] ?? 0
        // Whoever has nothing to come to need not begin.
        if (isKnownTail(tail) && tail > 0) reader.begin()
        await reader.readTo(tail, STALL_MS)
        reader.close()
      })
      return caughtUp.length === 0 ? 0 : (now() - begin) / SECOND_US
    },
    reports: () => [...following, ...caughtUp].map((reader) => reader.report()),
  }
}
