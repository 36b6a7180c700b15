import { batch, record } from '../../../client/records.ts'
import { ackOf, batchOf, COMPRESSION, GZIP, inputFrames, messageOf, ZSTD } from '../../by-hand/frames.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { FRAMES } from '../transports.ts'
import { acksOf, batchesOf, framesOf, getFrames, postFrames } from './raw-session.ts'
import { expectAcksInOrder, expectEnd, nextAcks } from './session.ts'

export const setup: readonly Requirement[] = [
  onStream('S2S-001', 'Opening', { on: FRAMES }, async ({ stream, expect }) => {
    // What SDKs send beside it leaves the session as it is.
    const extras = [{}, { accept: 'application/protobuf' }, { 'accept-encoding': 'gzip, zstd' }]
    for (const [index, headers] of extras.entries()) {
      const appended = await postFrames(stream, inputFrames(batch('a')), headers)
      expect.header(appended, 'content-encoding', undefined)
      expectAcksInOrder(expect, acksOf(expect, appended), [batch('a')], BigInt(index))
      const read = await getFrames(stream, '?seq_num=0&count=10', headers)
      expect.header(read, 'content-encoding', undefined)
      const records = batchesOf(expect, read).flatMap((one) => one.records)
      expect.records(
        records,
        0n,
        Array.from({ length: index + 1 }, () => record('a')),
      )
    }
    const session = await stream.openAppend()
    expect.header(session, 'content-type', 's2s/proto')
    const reader = await stream.openRead({ seqNum: 0n })
    expect.header(reader, 'content-type', 's2s/proto')
    expect.records(await reader.records(3), 0n, batch('a', 'a', 'a').records)
  }),

  onStream('S2S-002', 'Response head comes early', { on: FRAMES }, async ({ stream, expect }) => {
    // Its head is there, and nothing has been sent.
    const session = await stream.openAppend()
    expect.header(session, 'content-type', 's2s/proto')
    await expect.tail(stream, 0n)
    await session.send(batch('a'))
    expectAcksInOrder(expect, await nextAcks(expect, session, 1), [batch('a')], 0n)
    session.closeSending()
    await expectEnd(expect, session)
    await expect.holds(stream, batch('a').records)
  }),

  onStream('S2S-003', 'Errors before establishment', { on: FRAMES }, async (context) => {
    const { stream, newStreamName, newBasinName, account, basin, expect, transport } = context
    expect.ok(await stream.append(batch('a')))
    const unknown = basin.stream(newStreamName(), transport)
    const elsewhere = account.basin(newBasinName()).stream('any', transport)
    const { end: tail } = expect.ok(await stream.append(batch('b')))
    const frames = inputFrames(batch('x'))
    const refusals = [
      [await postFrames(unknown, frames), 404, 'stream_not_found'],
      [await getFrames(unknown, '?seq_num=0&count=1'), 404, 'stream_not_found'],
      [await postFrames(elsewhere, frames), 404, 'basin_not_found'],
      [await getFrames(elsewhere, '?seq_num=0&count=1'), 404, 'basin_not_found'],
      [await getFrames(stream, '?seq_num=0&timestamp=0&count=1'), 422, 'invalid'],
      [await getFrames(stream, '?seq_num=2&count=1'), 416, { tail }],
      [await getFrames(stream, '?seq_num=3'), 416, { tail }],
    ] as const
    for (const [answer, status, body] of refusals) {
      expect.refused(answer, status, body)
      expect.header(answer, 'content-type', JSON_TYPE)
    }
    const badQuery = await getFrames(stream, '?seq_num=zero&count=1')
    expect.refusedAs(badQuery, [
      [400, 'bad_query'],
      [400, 'invalid'],
      [422, 'invalid'],
    ])
    expect.header(badQuery, 'content-type', JSON_TYPE)
  }),

  onStream('S2S-004', 'Compression negotiation', { on: FRAMES }, async ({ stream, expect, record: note }) => {
    const sent = [record('compressible '.repeat(1000))]
    expect.ok(await stream.append({ records: sent }))
    const offers: readonly (readonly [accept: string | undefined, allowed: readonly number[]])[] = [
      [undefined, [0]],
      ['identity', [0]],
      ['br, deflate', [0]],
      ['zstd', [0, ZSTD]],
      ['gzip', [0, GZIP]],
      ['gzip, zstd', [0, GZIP, ZSTD]],
      ['br;q=1.0, gzip;q=0.8', [0, GZIP]],
    ]
    for (const [accept, allowed] of offers) {
      const headers = accept === undefined ? {} : { 'accept-encoding': accept }
      const answer = await getFrames(stream, '?seq_num=0&count=1', headers)
      const frames = framesOf(expect, answer)
      const compressions = frames.map(({ flags }) => flags & COMPRESSION)
      for (const compression of compressions) {
        expect.that(allowed.includes(compression), `compression as in Accept-Encoding ${accept}`, compression)
      }
      expect.records(
        frames.flatMap((seen) => batchOf(seen).records),
        0n,
        sent,
      )
      note(`accept-encoding ${accept}: compression bits ${compressions.join(', ')}`)
    }
  }),

  onStream('S2S-010', 'Compression threshold', { on: FRAMES }, async ({ stream, expect, record: note }) => {
    // Read batches of some bytes less than 1 KiB to some more, one record each.
    const sent = Array.from({ length: 80 }, (_, index) => record('x'.repeat(970 + index), { timestamp: 1n }))
    for (const accept of ['zstd', 'gzip']) {
      const headers = { 'accept-encoding': accept }
      const inputs = sent.map((one) => ({ records: [one] }))
      const acks = framesOf(expect, await postFrames(stream, inputFrames(...inputs), headers))
      const small = acks.map(({ flags }) => flags & COMPRESSION)
      expect.equal(small, Array(80).fill(0), 'compression of acks')
      expectAcksInOrder(expect, acks.map(ackOf), inputs, accept === 'zstd' ? 0n : 80n)
      let compressed = 0
      const lengths: number[] = []
      for (const [index] of sent.entries()) {
        const read = await getFrames(stream, `?seq_num=${index}&count=1`, headers)
        const [only, ...others] = framesOf(expect, read)
        expect.equal(others.length, 0, 'frames behind the first')
        const { flags } = expect.present(only, 'a frame')
        const { length } = messageOf(expect.present(only, 'a frame'))
        expect.that(
          (flags & COMPRESSION) === 0 || length >= 1024,
          'what is compressed has 1024 bytes',
          length,
        )
        compressed += (flags & COMPRESSION) === 0 ? 0 : 1
        lengths.push(length)
      }
      expect.that(
        lengths.includes(1023) && lengths.includes(1024),
        'messages of 1023 and 1024 bytes came',
        lengths,
      )
      note(`${accept}: ${compressed} of ${lengths.filter((length) => length >= 1024).length} large messages`)
    }
  }),
]

const JSON_TYPE = /^application\/json\b/
