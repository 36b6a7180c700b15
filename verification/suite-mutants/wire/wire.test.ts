import { expect, test } from 'vitest'
import { record } from '../../../client/records.ts'
import type { ReadBatch } from '../../../proto/types.ts'
import { wire } from '../../../reference-server/http/wire.ts'
import { invalid, refuse } from '../../../reference-server/semantics/refusal.ts'
import { invalidIsAnsweredWith400 } from '../errors/invalid-is-answered-with-400.ts'
import { s2sFramesDenyTheirCompression } from '../s2s/s2s-frames-deny-their-compression.ts'
import { sseIdNamesTheFirstRecord } from '../sse/sse-id-names-the-first-record.ts'
import { breakPart } from '../testing/break-part.ts'
import { base64ViewIsUrlSafe } from './base64-view-is-url-safe.ts'
import { jsonRoundsTimestamps } from './json-rounds-timestamps.ts'

const batchOf = (body: Uint8Array | string, timestamp: bigint, count: number): ReadBatch => ({
  records: Array.from({ length: count }, (_, index) => ({
    seqNum: BigInt(index),
    ...record(body),
    timestamp,
  })),
})

test('sse-id-names-the-first-record, which may be the last', () => {
  const { broken, firings } = breakPart(sseIdNamesTheFirstRecord, wire)
  const two = batchOf('a', 1n, 2)
  expect(wire.batchEvent(two, 'raw', { seqNum: 1n, count: 2n, bytes: 18n })).toContain('id: 1,2,18')
  expect(broken.batchEvent(two, 'raw', { seqNum: 1n, count: 2n, bytes: 18n })).toContain('id: 0,2,18')
  expect(firings()).toBe(1)
  const one = batchOf('a', 1n, 1)
  expect(broken.batchEvent(one, 'raw', { seqNum: 0n, count: 1n, bytes: 9n })).toContain('id: 0,1,9')
  expect(firings()).toBe(1)
})

test('s2s-frames-deny-their-compression', () => {
  const { broken, firings } = breakPart(s2sFramesDenyTheirCompression, wire)
  const payload = [Uint8Array.of(1, 2)]
  expect(wire.encodeFrame({ payload, compression: 'zstd' })).toEqual([
    Uint8Array.of(0, 0, 3, 0x20),
    ...payload,
  ])
  expect(broken.encodeFrame({ payload, compression: 'zstd' })).toEqual([
    Uint8Array.of(0, 0, 3, 0),
    ...payload,
  ])
  expect(firings()).toBe(1)
  expect(broken.encodeFrame({ payload, compression: 'none' })).toEqual([
    Uint8Array.of(0, 0, 3, 0),
    ...payload,
  ])
  expect(firings()).toBe(1)
})

test('base64-view-is-url-safe, the raw view says what was written', () => {
  const { broken, firings } = breakPart(base64ViewIsUrlSafe, wire)
  const binary = batchOf(Uint8Array.of(0xfb, 0xff, 0xbf), 1n, 1)
  expect(wire.readBatchToJson(binary, 'base64')).toContain('"+/+/"')
  expect(broken.readBatchToJson(binary, 'base64')).toContain('"-_-_"')
  expect(firings()).toBe(1)
  expect(broken.readBatchToJson(batchOf('a/b+c', 1n, 1), 'raw')).toContain('"a/b+c"')
  expect(broken.readBatchToJson(batchOf('hi', 1n, 1), 'base64')).toContain('"aGk="')
  expect(firings()).toBe(1)
})

test('json-rounds-timestamps that a double cannot hold', () => {
  const { broken, firings } = breakPart(jsonRoundsTimestamps, wire)
  const large = batchOf('a', 2n ** 53n + 1n, 1)
  expect(wire.readBatchToJson(large, 'raw')).toContain('"timestamp":9007199254740993')
  expect(broken.readBatchToJson(large, 'raw')).toContain('"timestamp":9007199254740992')
  expect(firings()).toBe(1)
  expect(broken.readBatchToJson(batchOf('a', 2n ** 53n - 1n, 1), 'raw')).toContain('9007199254740991')
  expect(firings()).toBe(1)
})

test('invalid-is-answered-with-400, other codes keep their status', () => {
  const { broken, firings } = breakPart(invalidIsAnsweredWith400, wire)
  const { json } = wire.renderRefusal(invalid('no'))
  expect(wire.renderRefusal(invalid('no'))).toEqual({ status: 422, json })
  expect(broken.renderRefusal(invalid('no'))).toEqual({ status: 400, json })
  expect(firings()).toBe(1)
  expect(broken.renderRefusal(refuse('stream_not_found', 'no')).status).toBe(404)
  expect(firings()).toBe(1)
})
