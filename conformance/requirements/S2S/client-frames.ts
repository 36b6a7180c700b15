import * as zlib from 'node:zlib'
import { batch, record } from '../../../client/records.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { concat, frame, GZIP, inputFrames, ZSTD } from '../../by-hand/frames.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { FRAMES } from '../transports.ts'
import { acksOf, postFrames } from './raw-session.ts'
import { expectAcksInOrder, expectEnd, nextAcks, numbered, recordsOf } from './session.ts'

export const clientFrames: readonly Requirement[] = [
  onStream('S2S-011', 'Receiver accepts any known compression', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    const inputs = [batch('a'), batch('b', 'c'), { records: [record('d'.repeat(5000))] }].flatMap((input) => [
      { input, bytes: frame(zlib.zstdCompressSync(encodeAppendInput(input)), ZSTD) },
      { input, bytes: frame(encodeAppendInput(input)) },
      { input, bytes: frame(zlib.gzipSync(encodeAppendInput(input)), GZIP) },
    ])
    const sent = inputs.map(({ input }) => input)
    const answer = await postFrames(stream, concat(...inputs.map(({ bytes }) => bytes)))
    expectAcksInOrder(expect, acksOf(expect, answer), sent, 0n)
    await expect.holds(stream, recordsOf(sent))
    // As frames without the size of their content, and with a file name, which a receiver passes over.
    const streamed = frame(unsized(encodeAppendInput(batch('unsized'))), ZSTD)
    const named = frame(withFileName(zlib.gzipSync(encodeAppendInput(batch('named')))), GZIP)
    const odd = acksOf(expect, await postFrames(stream, concat(streamed, named)))
    expectAcksInOrder(expect, odd, [batch('unsized'), batch('named')], 12n)
    await expect.holds(stream, recordsOf([...sent, batch('unsized', 'named')]))
  }),

  onStream('S2S-013', 'Reserved bits from the client', { on: FRAMES }, async ({ stream, expect }) => {
    const inputs = [0x01, 0x02, 0x04, 0x08, 0x10, 0x1f].map((flags) => ({
      flags,
      input: batch(`flags ${flags}`),
    }))
    const frames = inputs.map(({ flags, input }) => frame(encodeAppendInput(input), flags))
    const sent = inputs.map(({ input }) => input)
    expectAcksInOrder(expect, acksOf(expect, await postFrames(stream, concat(...frames))), sent, 0n)
    await expect.holds(stream, recordsOf(sent))
  }),

  requirement('S2S-016', 'Frames are independent of chunking', { on: FRAMES }, async (context) => {
    const { newStream, expect } = context
    const inputs = numbered('chunked', 6)
    const bytes = inputFrames(...inputs)
    const cuts = [
      Array.from(bytes, (_, index) => index),
      // Inside the prefix of the first frame, behind it, and inside that of the second.
      [1],
      [2],
      [3],
      [4],
      [inputFrames(...inputs.slice(0, 1)).length + 1],
      [],
    ]
    for (const cut of cuts) {
      const stream = await newStream()
      const session = await stream.openAppend()
      const edges = [0, ...cut, bytes.length]
      for (const [index, edge] of edges.entries())
        await session.sendBytes(bytes.slice(edge, edges[index + 1]))
      session.closeSending()
      expectAcksInOrder(expect, await nextAcks(expect, session, inputs.length), inputs, 0n)
      await expectEnd(expect, session)
      await expect.holds(stream, recordsOf(inputs))
    }
  }),

  requirement('S2S-017', 'Multi-member gzip / trailing bytes', { on: FRAMES }, async (context) => {
    const { newStream, expect, record: note } = context
    const message = encodeAppendInput(batch('whole message'))
    const [head, rest] = [message.slice(0, 5), message.slice(5)]
    const payloads = {
      'gzip with trailing bytes': frame(concat(zlib.gzipSync(message), Uint8Array.of(1, 2, 3)), GZIP),
      'gzip of two members': frame(concat(zlib.gzipSync(message), zlib.gzipSync(message)), GZIP),
      'zstd of two frames': frame(concat(zlib.zstdCompressSync(head), zlib.zstdCompressSync(rest)), ZSTD),
    }
    for (const [name, bytes] of Object.entries(payloads)) {
      const stream = await newStream()
      const session = await stream.openAppend()
      await session.sendBytes(bytes)
      session.closeSending()
      const { status, error } = await session.next()
      const { seqNum } = expect.ok(await stream.checkTail())
      note(`${name}: ${status === 200 ? `accepted, ${seqNum} records` : `${status} ${error?.code}`}`)
      expect.that([200, 400].includes(status), 'an ack, or 400', status)
      expect.equal(seqNum > 0n, status === 200, 'whether records came, beside whether they were acknowledged')
    }
  }),
]

/** A zstd frame whose header leaves out the content's size: written as a stream. */
function unsized(bytes: Uint8Array): Uint8Array {
  return zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_contentSizeFlag]: 0 } })
}

/** Sets FNAME in the header, and the name behind its ten bytes (RFC 1952). */
function withFileName(gzip: Uint8Array): Uint8Array {
  const header = gzip.slice(0, 10)
  header[3] = 0x08
  return concat(header, Uint8Array.from(Buffer.from('file\0')), gzip.slice(10))
}
