import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFencingToken } from './fencing-token.ts'

test.each([
  { text: '', ok: true },
  { text: 'my-token', ok: true },
  { text: ' Upper \u0000 e\u0301', ok: true },
  { text: 'x'.repeat(36), ok: true },
  { text: 'x'.repeat(37), ok: false },
  { text: 'é'.repeat(18), ok: true },
  { text: 'é'.repeat(19), ok: false },
  { text: '\u{1f600}'.repeat(9), ok: true },
  { text: `${'\u{1f600}'.repeat(9)}x`, ok: false },
])('"$text" is a token: $ok (CMD-002, CMD-003, REC-016)', ({ text, ok }) => {
  expect(parseFencingToken(text)).toEqual(ok ? { token: text } : expect.objectContaining({ code: 'invalid' }))
})

test('36 bytes decide, and a token is taken as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const parsed = parseFencingToken(text)
      expect('token' in parsed ? parsed.token : undefined).toBe(
        Buffer.byteLength(text) <= 36 ? text : undefined,
      )
    }),
  )
})
