import { constants, type Http2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { encodeFrame, encodeTerminal } from '../../proto/frames.ts'
import { encodeReadBatch } from '../../proto/messages.ts'
import type { Compression } from '../workload/workload.ts'
import { type ConnectionOptions, createConnections } from './connection.ts'
import { createOwnSessions } from './h2/own-sessions.ts'
import type { Reader } from './reader.ts'
import { createS2sReader } from './s2s-reader.ts'
import type { Sessions } from './sessions.ts'
import { createSharedSessions } from './shared-sessions.ts'
import { recordVisits, type Visits } from './testing/record-visits.ts'
import { sendEnhanceYourCalm, serveHttp2 } from './testing/serve-http2.ts'

type Create = (options: ConnectionOptions) => Sessions

const own: Create = (options) => createOwnSessions(options, 1)

const shared: Create = (options) => {
  const connections = createConnections(options, 1)
  return { ...createSharedSessions(connections), close: () => connections.close() }
}

/** A reader of a server that serves its sessions like this. */
async function readerOf(
  create: Create,
  serve: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
  compression: Compression = 'none',
): Promise<Visits & { readonly reader: Reader }> {
  const sessions = create(await serveHttp2(serve))
  onTestFinished(() => sessions.close())
  const heard = recordVisits()
  return { ...heard, reader: createS2sReader(heard.parts, sessions, compression) }
}

/** The message of a batch of one record. */
const batchOf = (seqNum: number, body: string): Uint8Array =>
  encodeReadBatch({
    records: [{ seqNum: BigInt(seqNum), timestamp: 7n, headers: [], body: Buffer.from(body) }],
  })

const frameOf = (payload: Uint8Array, compression: Compression = 'none'): Uint8Array =>
  encodeFrame({ payload, compression })

/** Of any flags, also of those that no S2 server sets. */
function rawFrame(flags: number, payload: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4)
  head.writeUIntBE(1 + payload.length, 0, 3)
  head.writeUInt8(flags, 3)
  return Buffer.concat([head, payload])
}

// Messages that lie one behind the other are one message, of the records of both.
const messages = [batchOf(3, 'a'), batchOf(4, 'b'), batchOf(5, 'c')]
const message = Buffer.concat(messages)

describe.each([
  ['of our own', own],
  ['shared with appends', shared],
])('over sessions %s', (_name, create) => {
  test.each<[string, Compression, Uint8Array]>([
    ['as it is', 'none', message],
    ['in gzip', 'gzip', gzipSync(message)],
    ['in several members of gzip', 'gzip', Buffer.concat(messages.map((each) => gzipSync(each)))],
    ['in zstd', 'zstd', zstdCompressSync(message)],
    // node:zlib decodes the first of them and is content.
    ['in several frames of zstd', 'zstd', Buffer.concat(messages.map((each) => zstdCompressSync(each)))],
  ])('a batch that comes %s is read to its last record', async (_how, compression, payload) => {
    let asked: IncomingHttpHeaders = {}
    const { reader, records, ends } = await readerOf(
      create,
      (stream, headers) => {
        asked = headers
        stream.respond()
        stream.write(Buffer.concat([frameOf(payload, compression), frameOf(batchOf(6, 'd'))]))
      },
      compression,
    )
    await reader.open(3)
    await expect.poll(() => records.at(-1)).toEqual([6, 'd'])
    expect(records.map(([seqNum, body]) => `${seqNum} ${body}`)).toEqual(['3 a', '4 b', '5 c', '6 d'])
    expect(ends).toEqual([])
    expect(asked).toMatchObject({ ':path': '/records?seq_num=3' })
    expect(asked['accept-encoding']).toBe(compression === 'none' ? undefined : compression)
  })

  test.each<[string, Uint8Array, string]>([
    ['of a compression that nobody has defined', rawFrame(0x60, message), 'compression 3 is not defined'],
    [
      'that is the last and too short for a status',
      rawFrame(0x80, Buffer.from([1])),
      'a terminal frame must begin with a status of two bytes',
    ],
    ['that is no zstd', rawFrame(0x20, Buffer.from('what is this')), 'the zstd payload does not decompress'],
    [
      'that is zstd in the beginning alone',
      rawFrame(0x20, Buffer.concat([zstdCompressSync(batchOf(4, 'b')), Buffer.from('and this')])),
      'the zstd payload does not decompress',
    ],
    ['that is no gzip', rawFrame(0x40, Buffer.from('nor this')), 'the gzip payload does not decompress'],
    [
      'whose message breaks off',
      frameOf(batchOf(4, 'b').subarray(0, -1)),
      'a field is longer than what holds it',
    ],
    ['of no length', Buffer.alloc(3), 'a frame of length 0 lacks its flag byte'],
  ])('a frame %s ends the session with the reason, and no other', async (_what, wrong, why) => {
    const connections = new Set<Http2Session | undefined>()
    const codes: (number | undefined)[] = []
    const { reader, records, ends } = await readerOf(create, (stream) => {
      connections.add(stream.session)
      stream.on('close', () => codes.push(stream.rstCode))
      stream.respond()
      const isFirst = records.length === 0
      stream.write(
        isFirst
          ? Buffer.concat([frameOf(batchOf(3, 'a')), wrong, frameOf(batchOf(5, 'behind it'))])
          : frameOf(batchOf(4, 'b')),
      )
    })
    await reader.open(3)
    await expect.poll(() => ends).toEqual([why])
    expect(records).toEqual([[3, 'a']])
    await expect.poll(() => codes).toEqual([constants.NGHTTP2_CANCEL])
    await reader.open(4)
    await expect.poll(() => records.slice(1)).toEqual([[4, 'b']])
    expect(ends).toEqual([why])
    expect(connections.size).toBe(1)
  })

  test('what the last frame says is the reason why it ended', async () => {
    const { reader, ends } = await readerOf(create, (stream) => {
      stream.respond()
      stream.end(encodeTerminal(500, '{"code":"storage","message":"é"}'))
    })
    await reader.open(0)
    await expect.poll(() => ends).toEqual(['500 {"code":"storage","message":"é"}'])
  })

  test('a session that the target leaves open behind its last frame is over, and nothing behind it is read', async () => {
    const codes: (number | undefined)[] = []
    const { reader, records, ends } = await readerOf(create, (stream) => {
      stream.on('close', () => codes.push(stream.rstCode))
      stream.respond()
      const last = encodeTerminal(503, 'later')
      stream.write(Buffer.concat([frameOf(batchOf(3, 'a')), last, frameOf(batchOf(5, 'behind it'))]))
    })
    await reader.open(3)
    await expect.poll(() => ends).toEqual(['503 later'])
    expect(records).toEqual([[3, 'a']])
    await expect.poll(() => codes).toEqual([constants.NGHTTP2_CANCEL])
  })

  test('a session that breaks off was cut, whatever the one before it ended with', async () => {
    let turn = 0
    const { reader, ends } = await readerOf(create, (stream) => {
      stream.respond()
      if (turn++ === 0) stream.end(encodeTerminal(503, 'later'))
      else stream.write('\0', () => stream.session?.destroy())
    })
    await reader.open(0)
    await expect.poll(() => ends).toEqual(['503 later'])
    await reader.open(0)
    await expect.poll(() => ends).toEqual(['503 later', 'the read session was cut'])
  })

  test('a session whose connection the target ends says why', async () => {
    const { reader, ends } = await readerOf(create, (stream) => {
      stream.respond()
      stream.write('\0', () => sendEnhanceYourCalm(stream.session))
    })
    await reader.open(0)
    await expect
      .poll(() => ends)
      .toEqual(['the target ended the connection: ENHANCE_YOUR_CALM, "too_many_pings"'])
  })

  test('an answer that is no session is told to whoever opens it, and to nobody else', async () => {
    const { reader, records, ends } = await readerOf(create, (stream) => {
      stream.respond({ ':status': 404 })
      stream.end(frameOf(message))
    })
    await expect(reader.open(0)).rejects.toThrow('a read session was answered with 404')
    await expect(reader.open(0)).rejects.toThrow('a read session was answered with 404')
    expect({ records, ends }).toEqual({ records: [], ends: [] })
  })

  test('whoever closes it is told nothing, and the target is', async () => {
    const codes: (number | undefined)[] = []
    const { reader, ends } = await readerOf(create, (stream) => {
      stream.on('close', () => codes.push(stream.rstCode))
      stream.respond()
    })
    await reader.open(0)
    reader.close()
    await expect.poll(() => codes).toEqual([constants.NGHTTP2_CANCEL])
    expect(ends).toEqual([])
  })
})
