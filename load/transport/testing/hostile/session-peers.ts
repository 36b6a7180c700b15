import { gzipSync } from 'node:zlib'
import { FLAG, FRAME, frame } from '../../h2/frame.ts'
import { endless, type HostilePeer } from './peer.ts'

const head = (stream: number): Buffer => frame(FRAME.headers, FLAG.endHeaders, stream, Buffer.from([0x88]))
const data = (stream: number, text: string | Buffer): Buffer =>
  frame(FRAME.data, 0, stream, Buffer.from(text))

function* session(stream: number, first: string | Buffer, repeated: string | Buffer): Generator<Buffer> {
  yield head(stream)
  for (let at = 0; at < first.length; at += 16_384)
    yield data(stream, Buffer.from(first).subarray(at, at + 16_384))
  yield* endless(data(stream, repeated))
}

/** Repeated in frames of about 16 KiB. */
const long = (text: string): string => text.repeat(Math.ceil(16_000 / text.length))

const NOTHING_READ = 'the target sent more than 5242880 bytes without a record'
const IN_PIECES = 'the target sent more than 65536 pieces of data without a record'
const sse = (name: string, expected: string, first: string, repeated: string): HostilePeer => ({
  name,
  operations: ['sse read'],
  attack: (stream) => session(stream, first, repeated),
  expected,
})

/** A batch of a million fields that are no records. */
const tinyArrays = `event: batch\ndata: {"records":[${'[],'.repeat(1_500_000)}[]]}\n\n`
const tinyObjects = `event: batch\ndata: {"records":[${'{},'.repeat(1_500_000)}{}]}\n\n`

/** An unknown field of 2 MB in gzip. */
const zipped = gzipSync(Buffer.concat([Buffer.from([0x7a, 0xff, 0xff, 0x79]), Buffer.alloc(0x1e_7fff)]))
const ZIPPED = Buffer.concat([
  Buffer.from([0, (zipped.length + 1) >>> 8, (zipped.length + 1) & 0xff, 0x40]),
  zipped,
])

const READS = ['s2s read', 's2s read over shared connections'] as const

/** Servers that abuse sessions and events, over HTTP/2 that is right. */
export const SESSION_PEERS: readonly HostilePeer[] = [
  sse('an endless event', NOTHING_READ, 'data: ', long('x')),
  sse('endless comments', NOTHING_READ, '', long(': \n\n')),
  sse('endless comments in small frames', IN_PIECES, '', ': \n\n'),
  sse('endless empty lines', NOTHING_READ, '', long('\n')),
  sse('endless lines without data', 'an event exceeds the limit of 65536 lines', '', long('data\n')),
  sse('endless batches without records', NOTHING_READ, '', long('event: batch\ndata: {"records":[]}\n\n')),
  sse('a batch of 1500000 arrays', 'no batch', tinyArrays, ': \n\n'),
  sse('a batch of 1500000 objects', 'no batch', tinyObjects, ': \n\n'),
  {
    name: 'endless frames without records',
    operations: READS,
    attack: (stream) => session(stream, '', Buffer.alloc(16_000, Buffer.from([0, 0, 1, 0]))),
    expected: NOTHING_READ,
  },
  {
    name: 'endless frames without records, each in a frame of its own',
    operations: READS,
    attack: (stream) => session(stream, '', Buffer.from([0, 0, 1, 0])),
    expected: IN_PIECES,
  },
  {
    name: 'compressed frames of 2 MB without records',
    operations: READS,
    attack: (stream) => session(stream, '', ZIPPED),
    expected: NOTHING_READ,
  },
  {
    name: 'a batch of 1000000 empty records',
    operations: READS,
    attack: (stream) =>
      session(
        stream,
        Buffer.concat([Buffer.from([0x1e, 0x84, 0x81, 0]), Buffer.alloc(2_000_000, Buffer.from([0x0a, 0]))]),
        Buffer.from([0, 0, 1, 0]),
      ),
    expected: 'more than 1000 records',
  },
  {
    name: 'an ack of 2 MiB',
    operations: ['s2s append'],
    attack: (stream) => session(stream, Buffer.from([0x1f, 0xff, 0xff, 0]), Buffer.alloc(1000)),
    expected: 'a frame of 2097151 bytes exceeds the limit of 65536',
  },
]
