import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkBasinListing,
  checkLocationName,
  checkRequestToken,
  checkStreamListing,
  checkTokenListing,
  compareNames,
  parseBasinName,
  parseStreamName,
  parseTokenId,
} from './names.ts'

test.each([
  { text: 'a'.repeat(8), ok: true },
  { text: 'a'.repeat(48), ok: true },
  { text: '12345678', ok: true },
  { text: 'aa--bb--cc', ok: true },
  { text: '', ok: false },
  { text: 'a'.repeat(7), ok: false },
  { text: 'a'.repeat(49), ok: false },
  { text: 'Test-Basin', ok: false },
  { text: 'test_basin', ok: false },
  { text: '-test-basin', ok: false },
  { text: 'test-basin-', ok: false },
  { text: 'bäsin-name', ok: false },
  { text: 'test-basin\n', ok: false },
])('"$text" is a basin name: $ok (CP-BAS-001)', ({ text, ok }) => {
  expect(parseBasinName(text)).toEqual(ok ? { name: text } : { misnamed: expect.any(String) })
})

test.each([
  { text: 'a'.repeat(512), ok: true },
  { text: `${'\u20ac'.repeat(170)}ab`, ok: true },
  { text: '...', ok: true },
  { text: 'a/../b', ok: true },
  { text: ' \u0001\u{1f980}%2F?#+', ok: true },
  { text: '', ok: false },
  { text: '.', ok: false },
  { text: '..', ok: false },
  { text: 'a'.repeat(513), ok: false },
  { text: '\u20ac'.repeat(171), ok: false },
  { text: 'a\0b', ok: false },
  { text: '\ud800', ok: false },
])('"$text" is a stream name: $ok (CP-STR-001, CP-STR-002)', ({ text, ok }) => {
  expect(parseStreamName(text)).toEqual(ok ? { name: text } : { misnamed: expect.any(String) })
})

test.each([
  { text: 'a'.repeat(96), ok: true },
  { text: 'é'.repeat(48), ok: true },
  { text: 'user/a b%2F', ok: true },
  { text: '...', ok: true },
  { text: '', ok: false },
  { text: '.', ok: false },
  { text: '..', ok: false },
  { text: 'a'.repeat(97), ok: false },
  { text: 'é'.repeat(49), ok: false },
  { text: 'a\0b', ok: false },
])('"$text" is the id of an access token: $ok (CP-TOK-002)', ({ text, ok }) => {
  expect(parseTokenId(text)).toEqual(ok ? { name: text } : { misnamed: expect.any(String) })
})

describe('what else is named', () => {
  test.each([
    {
      check: checkBasinListing,
      good: ['', 'a', 'test-', '0', 'a'.repeat(48)],
      bad: ['-a', 'A', 'a_b', 'a'.repeat(49)],
    },
    { check: checkStreamListing, good: ['', '.', '..', 'a'.repeat(512)], bad: ['a'.repeat(513), '\0'] },
    { check: checkTokenListing, good: ['', '.', '..', 'a'.repeat(96)], bad: ['a'.repeat(97), '\0'] },
    {
      check: checkRequestToken,
      good: ['', 'x'.repeat(36), 'é'.repeat(18)],
      bad: ['x'.repeat(37), 'é'.repeat(19)],
    },
    {
      check: checkLocationName,
      good: ['aws:us-east-1', 'a.b', 'x'.repeat(64)],
      bad: ['', 'x'.repeat(65), 'a b', 'ä', 'a\n'],
    },
  ])('$check.name (CP-BAS-003, CP-STR-003, CP-TOK-002, CP-BAS-032, CP-LOC-004)', ({ check, good, bad }) => {
    for (const text of good) expect(check(text), text).toBeUndefined()
    for (const text of bad) expect(check(text), text).toEqual({ misnamed: expect.any(String) })
  })
})

test('names are in the order of their UTF-8 bytes (CP-BAS-011)', () => {
  const unit = fc.constantFrom(
    '-',
    '0',
    'a',
    '\u00e9',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '\u{10000}',
    '\u{10ffff}',
  )
  const name = fc.string({ unit, maxLength: 4 })
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
  )
  expect(['\u{1f980}', '\ufb00', 'b', 'a-', 'a0', 'aa'].toSorted(compareNames)).toEqual([
    'a-',
    'a0',
    'aa',
    'b',
    '\ufb00',
    '\u{1f980}',
  ])
})
