import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonValue, parseJson, stringifyJson } from '../../../proto/json.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { type BasinConfig, type StreamConfig, UNSET_STREAM_CONFIG } from '../../semantics/resources/config.ts'
import { LITE } from '../../semantics/resources/flavor.ts'
import { readBasinConfig, readStreamConfig } from './config-json.ts'
import { readBasinPatch, readStreamPatch } from './config-patch-json.ts'
import { basinConfigToJson, streamConfigToJson } from './info-json.ts'

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const orUnset = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

const streamConfig: fc.Arbitrary<StreamConfig> = fc.record({
  storageClass: orUnset(fc.oneof(fc.constantFrom('standard', 'express'), fc.string({ unit: 'grapheme' }))),
  retention: orUnset(fc.oneof(fc.constant({ infinite: true } as const), fc.record({ age: u64 }))),
  timestampingMode: orUnset(
    fc.constantFrom('client-prefer' as const, 'client-require' as const, 'arrival' as const),
  ),
  timestampingUncapped: orUnset(fc.boolean()),
  deleteOnEmptyMinAge: orUnset(u64),
})

const basinConfig: fc.Arbitrary<BasinConfig> = fc.record({
  defaultStreamConfig: streamConfig,
  streamCipher: orUnset(fc.constantFrom('aegis-256' as const, 'aes-256-gcm' as const)),
  createStreamOnAppend: fc.boolean(),
  createStreamOnRead: fc.boolean(),
})

const sent = (value: object): JsonValue => parseJson(stringifyJson(value))

test('what is answered can be sent again and means the same', () => {
  fc.assert(
    fc.property(streamConfig, basinConfig, (stream, basin) => {
      expect(readStreamConfig(sent(streamConfigToJson(stream)), 'config')).toEqual(stream)
      expect(readBasinConfig(sent(basinConfigToJson(basin)), 'config')).toEqual(basin)
    }),
  )
})

test('what is set is sent as a patch of the same leaves', () => {
  fc.assert(
    fc.property(streamConfig, (stream) => {
      const patch = readStreamPatch(sent(streamConfigToJson(stream)), 'config')
      for (const [leaf, value] of Object.entries(stream)) {
        expect(patch).toHaveProperty(leaf, value ?? null)
      }
    }),
  )
})

describe('a stream config', () => {
  test.each<[string, Partial<StreamConfig>]>([
    ['{}', {}],
    ['{"storage_class":null,"retention_policy":null,"timestamping":null,"delete_on_empty":null,"x":1}', {}],
    ['{"timestamping":{}}', {}],
    ['{"timestamping":{"mode":null,"uncapped":null}}', {}],
    ['{"delete_on_empty":{}}', { deleteOnEmptyMinAge: 0n }],
    ['{"retention_policy":{"infinite":{"x":1}}}', { retention: { infinite: true } }],
    ['{"retention_policy":{"age":18446744073709551615}}', { retention: { age: 2n ** 64n - 1n } }],
  ])('%s', (json, expected) => {
    expect(readStreamConfig(parseJson(json), 'config')).toEqual({ ...UNSET_STREAM_CONFIG, ...expected })
  })

  test.each([
    'null',
    '[]',
    '{"storage_class":7}',
    '{"storage_class":"express","storage_class":"express"}',
    '{"retention_policy":{}}',
    '{"retention_policy":{"age":1,"infinite":{}}}',
    '{"retention_policy":"infinite"}',
    '{"retention_policy":{"infinite":null}}',
    '{"retention_policy":{"age":-1}}',
    '{"retention_policy":{"age":1.5}}',
    '{"retention_policy":{"age":"1"}}',
    '{"timestamping":{"mode":"never"}}',
    '{"timestamping":{"uncapped":0}}',
    '{"delete_on_empty":{"min_age_secs":null}}',
    '{"delete_on_empty":{"min_age_secs":18446744073709551616}}',
    '{"delete_on_empty":0}',
  ])('%s is bad_json', (json) => {
    expect(() => readStreamConfig(parseJson(json), 'config')).toThrow(WireError)
  })
})

describe('a patch', () => {
  const kept = UNSET_STREAM_CONFIG
  const cleared = Object.fromEntries(Object.keys(kept).map((leaf) => [leaf, null]))

  test.each<[string, object]>([
    ['{}', kept],
    ['{"timestamping":{},"delete_on_empty":{}}', kept],
    ['{"timestamping":null}', { ...kept, timestampingMode: null, timestampingUncapped: null }],
    ['{"timestamping":{"mode":"arrival"}}', { ...kept, timestampingMode: 'arrival' }],
    ['{"delete_on_empty":{"min_age_secs":null}}', { ...kept, deleteOnEmptyMinAge: null }],
    ['{"delete_on_empty":{"min_age_secs":0}}', { ...kept, deleteOnEmptyMinAge: 0n }],
    ['{"retention_policy":null,"storage_class":null}', { ...kept, retention: null, storageClass: null }],
  ])('of a stream: %s', (json, expected) => {
    expect(readStreamPatch(parseJson(json), 'patch')).toEqual(expected)
  })

  test.each<[string, object]>([
    ['{}', kept],
    ['{"default_stream_config":{}}', kept],
    ['{"default_stream_config":null}', cleared],
    ['{"default_stream_config":{"retention_policy":null}}', { ...kept, retention: null }],
  ])('of a basin: %s', (json, expected) => {
    expect(readBasinPatch(parseJson(json), 'patch', LITE).defaultStreamConfig).toEqual(expected)
  })

  test('a cipher is kept, cleared or set', () => {
    const cipher = (json: string) => readBasinPatch(parseJson(json), 'patch', LITE).streamCipher
    expect(['{}', '{"stream_cipher":null}', '{"stream_cipher":"aegis-256"}'].map(cipher)).toEqual([
      undefined,
      null,
      'aegis-256',
    ])
  })
})
