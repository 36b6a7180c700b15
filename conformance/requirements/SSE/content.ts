import { record } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { batchesOf, expectDone, onlyBatch, readEvents, recordsOf } from './event-stream.ts'

export const content: readonly Requirement[] = [
  onStream('SSE-017', 's2-format applies', async ({ stream, expect }) => {
    const sent = [record('hello', { headers: [['name', 'value']] })]
    expect.ok(await stream.append({ records: sent }))
    const bodies = [
      ['raw', '"hello"', '"value"'],
      ['base64', '"aGVsbG8="', '"dmFsdWU="'],
    ] as const
    for (const [format, body, value] of bodies) {
      const { events } = await readEvents(expect, stream, 'seq_num=0&count=1', { 's2-format': format })
      const { data } = onlyBatch(expect, events)
      expect.that(data.includes(body) && data.includes(value), `its data is ${format}`, data)
    }
    const unsaid = await readEvents(expect, stream, 'seq_num=0&count=1')
    onlyBatch(expect, unsaid.events)
    expect.records(recordsOf(unsaid.events), 0n, sent)
    expect.that(unsaid.text.includes('"hello"'), 'without the header the data is raw', unsaid.text)

    const binary = [record(Uint8Array.of(0xff, 0x00, 0x0a), { headers: [[Uint8Array.of(0xfe), 'x']] })]
    expect.ok(await stream.over('protobuf').append({ records: binary }))
    const session = await stream.over('base64').openRead({ seqNum: 0n, count: 2n })
    expect.records(await session.records(2), 0n, [...sent, ...binary])
  }),

  onStream('SSE-021', 'Record content with newlines', async ({ stream, expect }) => {
    const sent = TROUBLESOME.map((text) => record(text, { headers: [[text, text]] }))
    expect.ok(await stream.append({ records: sent }))
    const session = await stream.over('sse').openRead({ seqNum: 0n, count: BigInt(sent.length) })
    expect.records(await session.records(sent.length), 0n, sent)

    const { events } = await readEvents(expect, stream, `seq_num=0&count=${sent.length}`)
    expectDone(expect, events)
    expect.equal(
      events.map(({ event }) => event ?? 'none'),
      [...batchesOf(events).map(() => 'batch'), 'none'],
      'names of the events',
    )
    expect.records(recordsOf(events), 0n, sent)
  }),
]

const TROUBLESOME = [
  'one\ntwo',
  'one\r\ntwo\rthree',
  '\n\n',
  'data: x\n\ndata: [DONE]\n\n',
  'event: error\ndata: y\n\n',
  'id: 99,99,99\n\n: comment',
  '\u2028\u2029\u0085\u0000\ufeff',
  '[DONE]',
  ' leading and trailing ',
]
