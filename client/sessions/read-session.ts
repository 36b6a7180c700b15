import type { Clock } from '../../kit/clock.ts'
import { show } from '../../kit/show.ts'
import type { SequencedRecord } from '../../proto/types.ts'
import { ConformanceFailure } from '../failures.ts'
import type { ReadEvent, ReadSession } from '../stream-client.ts'
import type { SessionParts } from './parts.ts'
import { createPull, SILENCE_SECONDS } from './pull.ts'

/** A session over the events of either transport. */
export function createReadSession(parts: SessionParts, events: AsyncGenerator<ReadEvent, void>): ReadSession {
  const { wire, asked, clock } = parts
  const pull = createPull(endless(events), parts)
  const awaited = (what: string): string => `${what} of the session ${asked}`

  return {
    headers: wire.headers,
    next: (seconds = SILENCE_SECONDS) => pull.next(awaited('the next event'), seconds),
    async records(count, seconds) {
      const records: SequencedRecord[] = []
      // Heartbeats are no progress: a session that withholds a record goes on with them for ever.
      let left = countdown(clock, seconds ?? SILENCE_SECONDS)
      while (records.length < count) {
        const event = await pull.next(awaited(`record ${records.length + 1} of ${count}`), left())
        if (event.kind === 'end' || event.kind === 'error')
          throw endedEarly(event, records.length, count, asked)
        if (event.kind !== 'batch') continue
        records.push(...event.batch.records)
        if (seconds === undefined) left = countdown(clock, SILENCE_SECONDS)
      }
      return records
    },
    async rest(seconds) {
      const events: ReadEvent[] = []
      const left = countdown(clock, seconds)
      for (;;) {
        const event = await pull.next(awaited('the end'), left())
        events.push(event)
        if (event.kind === 'end' || event.kind === 'error') return events
      }
    },
    cancel: () => wire.cancel(),
  }
}

/** Seconds left for the next event: of a total where one was given, else what any single event may take. */
export function countdown(clock: Clock, total: number | undefined): () => number {
  if (total === undefined) return () => SILENCE_SECONDS
  const end = clock.now() + total * 1000
  return () => Math.max(0.001, (end - clock.now()) / 1000)
}

async function* endless(events: AsyncGenerator<ReadEvent, void>): AsyncGenerator<ReadEvent, never> {
  yield* events
  throw new Error('the check asked for an event after the end of the session')
}

function endedEarly(event: ReadEvent, came: number, wanted: number, asked: string): ConformanceFailure {
  const how =
    event.kind === 'error' ? `the error ${event.answer.status} ${show(event.answer.error?.json)}` : 'the end'
  return new ConformanceFailure({
    subject: 'records of the session',
    expected: `${wanted} of them`,
    actual: `${came}, then ${how}`,
    request: asked,
  })
}
