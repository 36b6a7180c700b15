import { batch, record } from '../../../client/records.ts'
import { jsonBatch } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { batchesOf, eventStreamOf, expectDone, recordsIn } from '../SSE/event-stream.ts'

export const httpVersions: readonly Requirement[] = [
  onStream('RTE-030', 'HTTP versions', { needs: ['http2'] }, async (context) => {
    const { stream, basin, newStreamName, expect } = context
    for (const http of ['1.1', '2'] as const) {
      const append = { method: 'POST', path: stream.recordsPath, body: '{"records":[{"body":"a"}]}', http }
      expect.ok(await stream.raw(append))
      const read = { method: 'GET', path: `${stream.recordsPath}?seq_num=0&count=1`, http }
      expect.records(jsonBatch(await stream.raw(read)).records, 0n, [record('a')])
      const answer = await stream.raw({ ...read, headers: { accept: 'text/event-stream' } })
      const { events } = eventStreamOf(expect, answer)
      expectDone(expect, events)
      const held = batchesOf(events).flatMap(({ data }) => recordsIn(data))
      expect.records(held, 0n, [record('a')])
      const unknown = `${basin.stream(newStreamName()).recordsPath}/tail`
      expect.refused(await stream.raw({ method: 'GET', path: unknown, http }), 404, 'stream_not_found')
    }
    const session = await stream.over('s2s').openAppend()
    for (const number of [2n, 3n]) {
      await session.send(batch('b'))
      expect.equal(expect.ok(await session.next()).start.seqNum, number, 'ack while the request is open')
    }
    session.closeSending()
    expect.status(await session.next(), 0)
    await expect.holds(
      stream,
      ['a', 'a', 'b', 'b'].map((body) => record(body)),
    )
  }),
]
