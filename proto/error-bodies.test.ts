import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ErrorBody, errorBodyFromJson, errorBodyToJson } from './error-bodies.ts'
import { position, spoilt, text, u64, valueOrWireError } from './testing.ts'

test.each<[ErrorBody, string]>([
  [{ kind: 'error', code: 'invalid', message: 'a "b"' }, '{"code":"invalid","message":"a \\"b\\""}'],
  [{ kind: 'error', code: 'not_yet_known', message: '' }, '{"code":"not_yet_known","message":""}'],
  [{ kind: 'seq-num-mismatch', actual: 9_007_199_254_740_993n }, '{"seq_num_mismatch":9007199254740993}'],
  [{ kind: 'fencing-token-mismatch', actual: '' }, '{"fencing_token_mismatch":""}'],
  [
    { kind: 'unwritten', tail: { seqNum: 10n, timestamp: 1000n } },
    '{"tail":{"seq_num":10,"timestamp":1000}}',
  ],
])('%o', (body, json) => {
  expect(errorBodyToJson(body)).toBe(json)
  expect(errorBodyFromJson(json)).toStrictEqual(body)
  expect(errorBodyFromJson(new TextEncoder().encode(json))).toStrictEqual(body)
})

test('other keys are skipped', () => {
  expect(errorBodyFromJson('{"origin":"x","code":"invalid","message":"m"}')).toStrictEqual({
    kind: 'error',
    code: 'invalid',
    message: 'm',
  })
})

describe('bad_json', () => {
  test.each([
    ['no JSON', 'Not Found'],
    ['nothing', ''],
    ['no object', '"invalid"'],
    ['no known key', '{"message":"m"}'],
    ['no message', '{"code":"invalid"}'],
    ['a code that is no text', '{"code":400,"message":"m"}'],
    ['both conditions at once', '{"seq_num_mismatch":1,"fencing_token_mismatch":"a"}'],
    ['a condition and a code', '{"code":"invalid","message":"m","seq_num_mismatch":1}'],
    ['a number as text', '{"seq_num_mismatch":"1"}'],
    ['half a tail', '{"tail":{"seq_num":1}}'],
    ['the same key twice', '{"seq_num_mismatch":1,"seq_num_mismatch":1}'],
    ['only inherited keys', '{"toString":1}'],
  ])('%s', (_name, json) => {
    expect(valueOrWireError(() => errorBodyFromJson(json))).toMatchObject({ code: 'bad_json' })
  })
})

const errorBody: fc.Arbitrary<ErrorBody> = fc.oneof(
  fc.tuple(text, text).map(([code, message]): ErrorBody => ({ kind: 'error', code, message })),
  u64.map((actual): ErrorBody => ({ kind: 'seq-num-mismatch', actual })),
  text.map((actual): ErrorBody => ({ kind: 'fencing-token-mismatch', actual })),
  position.map((tail): ErrorBody => ({ kind: 'unwritten', tail })),
)

test('round trip', () => {
  fc.assert(
    fc.property(errorBody, (body) => {
      expect(errorBodyFromJson(errorBodyToJson(body))).toStrictEqual(body)
    }),
  )
})

test('spoilt bodies give a value or a WireError', () => {
  const valid = errorBody.map((body) => new TextEncoder().encode(errorBodyToJson(body)))
  fc.assert(
    fc.property(spoilt(valid), (bytes) => {
      valueOrWireError<unknown>(() => errorBodyFromJson(bytes))
    }),
  )
})
