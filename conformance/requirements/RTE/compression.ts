import * as zlib from 'node:zlib'
import { batch, bytes, record } from '../../../client/records.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { getRecords, postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const compression: readonly Requirement[] = [
  onStream('RTE-025', 'Request compression', async ({ stream, expect }) => {
    const bodies = ['short', 'long and alike '.repeat(4000)]
    for (const [coding, encode] of CODINGS) {
      for (const body of bodies) {
        const json = encode(bytes(JSON.stringify({ records: [{ body }] })))
        expect.ok(await postRecords(stream, json, { 'content-encoding': coding }))
        const protobuf = encode(encodeAppendInput(batch(body)))
        const headers = { 'content-type': 'application/protobuf', 'content-encoding': coding }
        expect.ok(await postRecords(stream, protobuf, headers))
      }
    }
    const sent = CODINGS.flatMap(() => bodies.flatMap((body) => [record(body), record(body)]))
    await expect.holds(stream, sent)
  }),

  onStream('RTE-026', 'Response compression', async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('long and alike '.repeat(4000))))
    for (const accept of ['application/json', 'application/protobuf']) {
      const plain = await getRecords(stream, 'seq_num=0', { accept })
      expect.ok(plain)
      expect.header(plain, 'content-encoding', undefined)
      for (const [asked, coding] of ASKED) {
        const packed = await getRecords(stream, 'seq_num=0', { accept, 'accept-encoding': asked })
        expect.ok(packed)
        expect.header(packed, 'content-encoding', coding)
        expect.equal(packed.body, plain.body, `${accept} in ${asked}, decoded`)
      }
    }
  }),

  onStream('RTE-027', 'Request body limit', async ({ stream, expect }) => {
    const packed = { 'content-encoding': 'gzip' }
    expect.ok(await postRecords(stream, paddedJson(LIMIT)))
    expect.ok(await postRecords(stream, zlib.gzipSync(paddedJson(LIMIT)), packed))
    expect.ok(await postRecords(stream, paddedProtobuf(LIMIT), PROTOBUF))
    expect.refused(await postRecords(stream, paddedJson(LIMIT + 1)), 400, 'bad_json')
    expect.refused(await postRecords(stream, zlib.gzipSync(paddedJson(LIMIT + 1)), packed), 400, 'bad_json')
    expect.refused(await postRecords(stream, paddedProtobuf(LIMIT + 1), PROTOBUF), 400, 'bad_proto')
    await expect.holds(stream, [record('a'), record('a'), record('a')])
  }),
]

const LIMIT = 2_097_152

const PROTOBUF = { 'content-type': 'application/protobuf' }

const CODINGS: readonly (readonly [string, (plain: Uint8Array) => Uint8Array])[] = [
  ['gzip', (plain) => zlib.gzipSync(plain)],
  ['zstd', (plain) => zlib.zstdCompressSync(plain)],
  ['identity', (plain) => plain],
]

const ASKED: readonly (readonly [string, RegExp])[] = [
  ['gzip', /^gzip$/],
  ['zstd', /^zstd$/],
  ['zstd, gzip', /^(zstd|gzip)$/],
]

/** One record, and spaces behind it up to this length. */
const paddedJson = (length: number): Uint8Array => bytes('{"records":[{"body":"a"}]}'.padEnd(length))

/** One record, and an unknown field of the length that is missing. */
function paddedProtobuf(length: number): Uint8Array {
  const input = encodeAppendInput(batch('a'))
  const padding = length - input.length - 5
  // The tag of field 15, and its length in groups of seven bits.
  const head = [
    0x7a,
    0x80 | (padding & 0x7f),
    0x80 | ((padding >> 7) & 0x7f),
    0x80 | ((padding >> 14) & 0x7f),
  ]
  const padded = new Uint8Array(length)
  padded.set([...input, ...head, padding >> 21])
  return padded
}
