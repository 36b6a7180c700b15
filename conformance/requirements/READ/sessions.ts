import type { Answer } from '../../../client/answer.ts'
import type { ReadEvent, ReadSession } from '../../../client/stream-client.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import type { Expect } from '../../check/expect.ts'

/** What has to end at once has ended by then, on a slow target too; heartbeats alone would keep a session going for ever. */
export const PROMPT_SECONDS = 25

export const recordsOf = (events: readonly ReadEvent[]): readonly SequencedRecord[] =>
  events.flatMap((event) => (event.kind === 'batch' ? event.batch.records : []))

/** The session ended, and not with an error; returns the records that came before. */
export function expectCleanEnd(expect: Expect, events: readonly ReadEvent[]): readonly SequencedRecord[] {
  const ends = events.filter(({ kind }) => kind === 'end' || kind === 'error')
  expect.equal(ends, [{ kind: 'end' }], 'ends of the session')
  expect.equal(events.at(-1)?.kind, 'end', 'the last event of the session')
  return recordsOf(events)
}

/** The session ended with an error event or a terminal frame; returns it as the refusal that it is. */
export function expectErrorEnd(expect: Expect, events: readonly ReadEvent[]): Answer<undefined> {
  const last = events.at(-1)
  return expect.present(
    last?.kind === 'error' ? last.answer : undefined,
    'an error at the end of the session',
  )
}

/** Takes events up to the first heartbeat, by which the session says that it follows; returns their records. */
export async function untilFollowing(
  expect: Expect,
  session: ReadSession,
): Promise<readonly SequencedRecord[]> {
  const events: ReadEvent[] = []
  for (;;) {
    const event = await session.next()
    if (event.kind === 'heartbeat') return recordsOf(events)
    expect.equal(event.kind, 'batch', 'what comes before the session follows')
    events.push(event)
  }
}
