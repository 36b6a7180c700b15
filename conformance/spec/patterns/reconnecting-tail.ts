import assert from 'node:assert/strict'
import { batch } from '../../../client/records.ts'
import type { ReadQuery, ReadSession, RequestOptions, StreamClient } from '../../../client/stream-client.ts'
import { TargetError } from '../../../client/target-error.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import { BASIN } from './basin.ts'
import type { Pattern } from './pattern.ts'
import { accepted, assertConsecutive, nextBatch, textsOf, untilTail } from './run/answers.ts'

/** Follows a stream over cut connections: every record once, over SSE and over S2S. */
export const reconnectingTail: Pattern = {
  slug: 'reconnecting-tail',
  needsFaults: true,
  async run({ step, stream, aside, faults }) {
    const writer = aside.basin(BASIN).stream('events')
    await accepted(aside.basin(BASIN).createStream('events'))
    await accepted(writer.append(batch('event 0', 'event 1', 'event 2')))

    step(1)
    faults.cutRead({ afterRecords: 2 })
    const sse = await readUntilCut(stream('events', 'sse'), { seqNum: 0n })
    assert.equal(sse.records.length, 2)

    step(2)
    assert(sse.id !== undefined)
    const resume: RequestOptions = { headers: { 'last-event-id': sse.id } }
    const resumed = await stream('events', 'sse').openRead({ seqNum: 0n }, resume)
    const sseRest = [...(await untilTail(resumed))]
    await accepted(writer.append(batch('event 3')))
    sseRest.push(...(await nextBatch(resumed)))
    resumed.cancel()
    assertConsecutive([...sse.records, ...sseRest], 0n)
    assert.equal(textsOf(sseRest).at(-1), 'event 3')

    step(3)
    faults.cutRead({ afterRecords: 3 })
    const s2s = await readUntilCut(stream('events', 's2s'), { seqNum: 0n })
    assert.equal(s2s.records.length, 3)

    step(4)
    const next = (s2s.records.at(-1)?.seqNum ?? -1n) + 1n
    const again = await stream('events', 's2s').openRead({ seqNum: next })
    const s2sRest = [...(await untilTail(again))]
    await accepted(writer.append(batch('event 4')))
    s2sRest.push(...(await nextBatch(again)))
    again.cancel()
    assertConsecutive([...s2s.records, ...s2sRest], 0n)
    assert.equal(textsOf(s2sRest).at(-1), 'event 4')

    step(5)
    const tail = await stream('events', 's2s').openRead({ seqNum: next + 2n })
    assert.deepEqual(await untilTail(tail), [])
    tail.cancel()

    step(6)
    const bounded = await stream('events', 'sse').openRead({ seqNum: 0n, count: 2n })
    const kinds = (await bounded.rest()).map(({ kind }) => kind)
    assert.deepEqual(kinds, ['batch', 'end'])
  },
}

/** The records that arrive before the connection breaks, and the id of their last SSE event. */
async function readUntilCut(
  stream: StreamClient,
  query: ReadQuery,
): Promise<{ readonly records: readonly SequencedRecord[]; readonly id: string | undefined }> {
  const session: ReadSession = await stream.openRead(query)
  const records: SequencedRecord[] = []
  let id: string | undefined
  try {
    for (;;) {
      const event = await session.next()
      assert.equal(event.kind, 'batch')
      if (event.kind !== 'batch') continue
      records.push(...event.batch.records)
      id = event.id ?? id
    }
  } catch (error) {
    if (error instanceof TargetError) return { records, id }
    throw error
  }
}
