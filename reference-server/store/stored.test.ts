import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_METERED_BYTES } from '../../proto/limits.ts'
import { EMPTY_STREAM } from '../semantics/append/stream-state.ts'
import { parseFencingToken } from '../semantics/batch/fencing-token.ts'
import { isRefusal } from '../semantics/refusal.ts'
import type { BasinConfig, ResolvedStreamConfig, StreamConfig } from '../semantics/resources/config.ts'
import { principals } from '../testing/arbitrary-tokens.ts'
import { basinName, streamName } from '../testing/test-backend.ts'
import { tokenId } from '../testing/test-token.ts'
import { StoreError } from './store-error.ts'
import { decodeAccessToken, encodeAccessToken } from './stored-access-token.ts'
import { decodeBasin, encodeBasin } from './stored-basin.ts'
import { decodeBatch, encodeBatch } from './stored-batch.ts'
import { decodeState, encodeState } from './stored-state.ts'
import { decodeStream, encodeStream } from './stored-stream.ts'

const u64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(0n, 2n ** 53n - 1n, 2n ** 53n + 1n, 2n ** 64n - 1n),
)
const bytes = fc.uint8Array({ maxLength: 40 })
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })

const resolved: fc.Arbitrary<ResolvedStreamConfig> = fc.record({
  storageClass: fc.constantFrom('standard', 'express'),
  retention: fc.oneof(fc.record({ age: u64 }), fc.constant({ infinite: true } as const)),
  timestampingMode: fc.constantFrom('client-prefer', 'client-require', 'arrival'),
  timestampingUncapped: fc.boolean(),
  deleteOnEmptyMinAge: u64,
})
const layer: fc.Arbitrary<StreamConfig> = resolved.chain((config) =>
  fc.record({
    storageClass: maybe(fc.constant(config.storageClass)),
    retention: maybe(fc.constant(config.retention)),
    timestampingMode: maybe(fc.constant(config.timestampingMode)),
    timestampingUncapped: maybe(fc.constant(config.timestampingUncapped)),
    deleteOnEmptyMinAge: maybe(fc.constant(config.deleteOnEmptyMinAge)),
  }),
)
const cipher = maybe(fc.constantFrom('aegis-256', 'aes-256-gcm'))
const basinConfig: fc.Arbitrary<BasinConfig> = fc.record({
  defaultStreamConfig: layer,
  streamCipher: cipher,
  createStreamOnAppend: fc.boolean(),
  createStreamOnRead: fc.boolean(),
})
const creationKey = maybe(
  fc.record({ requestToken: fc.string({ unit: 'grapheme', maxLength: 9 }), config: fc.string() }),
)
const times = { createdAt: u64, deletedAt: maybe(u64), creationKey }

describe('what is stored is read as it was written', () => {
  test('a batch', () => {
    const readable = fc.record({
      timestamp: u64,
      headers: fc.array(fc.record({ name: bytes, value: bytes }), { maxLength: 5 }),
      body: bytes,
    })
    const size = fc.bigInt({ min: 8n, max: MAX_METERED_BYTES })
    const record = fc.oneof(readable, fc.record({ timestamp: u64, size, sealed: bytes }))
    const first = u64.map((seqNum) => (seqNum < 2n ** 64n - 8n ? seqNum : 2n ** 64n - 8n))
    fc.assert(
      fc.property(first, fc.array(record, { minLength: 1, maxLength: 8 }), (first, records) => {
        const batch = records.map((record, index) => ({ ...record, seqNum: first + BigInt(index) }))
        expect(decodeBatch(encodeBatch(batch))).toEqual(batch)
      }),
    )
  })

  test('a header without name and value at the end of a record, which another follows', () => {
    const none = new Uint8Array()
    const bare = { timestamp: 0n, headers: [{ name: none, value: none }], body: none }
    const batch = [0n, 1n].map((seqNum) => ({ seqNum, ...bare }))
    expect(decodeBatch(encodeBatch(batch))).toEqual(batch)
  })

  test('a record with the most headers that fit', () => {
    const header = { name: Uint8Array.of(97), value: new Uint8Array() }
    const headers = Array.from({ length: 349_522 }, () => header)
    const record = { seqNum: 0n, timestamp: 1n, headers, body: new Uint8Array() }
    expect(decodeBatch(encodeBatch([record]))).toMatchObject([{ headers: { length: 349_522 } }])
  })

  test('many headers are read as often as they are looked at, and kept by nobody', () => {
    const headers = Array.from({ length: 300 }, (_, index) => ({
      name: Uint8Array.of(97, index),
      value: Uint8Array.of(1),
    }))
    const record = { seqNum: 0n, timestamp: 1n, headers, body: Uint8Array.of(2) }
    const [read] = decodeBatch(encodeBatch([record]))
    expect(read).toEqual(record)
    expect(Object.getOwnPropertyDescriptor(read, 'headers')?.value).toBeUndefined()
    const [few] = decodeBatch(encodeBatch([{ ...record, headers: headers.slice(0, 3) }]))
    expect(Object.getOwnPropertyDescriptor(few, 'headers')?.value).toHaveLength(3)
  })

  test('a batch that is cut is corrupt, wherever', () => {
    const place = { seqNum: 300n, timestamp: 1n }
    const readable = { ...place, headers: [], body: Uint8Array.of(1, 2, 3) }
    for (const record of [readable, { ...place, size: 8n, sealed: Uint8Array.of(1, 2, 3) }]) {
      const batch = encodeBatch([record])
      for (let length = 1; length < batch.length; length++) {
        expect(() => decodeBatch(batch.subarray(0, length))).toThrow(StoreError)
      }
    }
  })

  test('the state of a stream, and none', () => {
    const token = fc.string({ unit: 'grapheme', maxLength: 9 })
    fc.assert(
      fc.property(u64, u64, u64, u64, token, (seqNum, timestamp, trimPoint, appended, text) => {
        const parsed = parseFencingToken(text)
        fc.pre(!isRefusal(parsed))
        const state = { tail: { seqNum, timestamp }, trimPoint, appended, fencingToken: parsed.token }
        expect(decodeState(encodeState(state))).toEqual(state)
      }),
    )
    expect(decodeState(undefined)).toEqual(EMPTY_STREAM)
  })

  test('a basin', () => {
    const name = fc.constant(basinName('some-basin'))
    const location = maybe(fc.constant('aws:us-east-1'))
    const basin = fc.record({ name, location, config: basinConfig, ...times })
    fc.assert(
      fc.property(basin, (basin) => {
        expect(decodeBasin(encodeBasin(basin))).toEqual(basin)
      }),
    )
  })

  test('a stream', () => {
    const stream = fc.record({
      id: u64,
      basin: fc.constant(basinName('some-basin')),
      name: fc.constantFrom(streamName('a/ü "\\'), streamName('\u{1f980}')),
      cipher,
      config: resolved,
      armed: fc.record({ at: u64, tail: u64 }),
      ...times,
    })
    fc.assert(
      fc.property(stream, (stream) => {
        expect(decodeStream(encodeStream(stream))).toEqual(stream)
      }),
    )
  })

  test('an access token', () => {
    const token = principals.chain((principal) =>
      fc.record({
        id: fc.constantFrom(tokenId('user/ü "\\'), tokenId('\u{1f980}')),
        digest: fc.base64String(),
        scope: fc.constant(principal.scope),
        autoPrefixStreams: fc.boolean(),
        expiresAt: maybe(fc.bigInt({ min: 0n, max: 253_402_300_799_999_999_999n })),
      }),
    )
    fc.assert(
      fc.property(token, (token) => {
        expect(decodeAccessToken(encodeAccessToken(token))).toEqual(token)
      }),
    )
  })
})

test.each(['{}', '{"id":"x","digest":"x","scope":{}}'])('%j is no access token', (text) => {
  expect(() => decodeAccessToken(new TextEncoder().encode(text))).toThrow(StoreError)
})

test.each(['', '{', '[]', '{}', '{"id":-1}', '{"id":1,"basin":"b"}'])('%j is no stream', (text) => {
  expect(() => decodeStream(new TextEncoder().encode(text))).toThrow(StoreError)
})
