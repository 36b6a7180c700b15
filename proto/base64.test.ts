import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { fromHex } from './testing.ts'

test.each([
  ['', ''],
  ['aGk=', '68 69'],
  ['/+8=', 'ff ef'],
  ['QQ==', '41'],
  ['AAAAAAAAAAA=', '00 00 00 00 00 00 00 00'],
  ['AAAAAAAAA+g=', '00 00 00 00 00 00 03 e8'],
  ['ACAAAAAAAAE=', '00 20 00 00 00 00 00 01'],
  ['//////////8=', 'ff ff ff ff ff ff ff ff'],
])('%j is %s (REC-017)', (text, hex) => {
  expect(decodeBase64(text)).toStrictEqual(fromHex(hex))
  expect(encodeBase64(fromHex(hex))).toBe(text)
})

describe('refused (REC-018)', () => {
  test.each([
    ['missing padding', 'aGk'],
    ['superfluous padding', 'aGk=='],
    ['padding in a place of its own', 'aGVs===='],
    ['stray bits before one =', 'aGl='],
    ['stray bits before two =', 'QR=='],
    ['the URL alphabet', '_-8='],
    ['a leading space', ' aGk='],
    ['a space inside', 'aG k='],
    ['four characters with a space', 'aG k'],
    ['a trailing newline', 'aGk=\n'],
    ['padding alone', '===='],
    ['one =', '='],
    ['three =', 'Q==='],
    ['= inside', 'QQ==QQ=='],
    ['a single character', 'a'],
    ['a character beyond ASCII', 'aGké'],
    ['a character whose low byte is in the alphabet', 'aGk\u0141'],
    ['NUL', 'aG\0k'],
  ])('%s', (_name, text) => {
    expect(decodeBase64(text)).toBeUndefined()
  })
})

test('round trip, the same text as Buffer writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encodeBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(text)).toStrictEqual(bytes)
    }),
  )
})

test('only what encodes back to itself is accepted', () => {
  const alphabet = fc.constantFrom(...'ABab09+/==-_ \n')
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (text) => {
      const bytes = decodeBase64(text)
      const canonical = Buffer.from(text, 'base64').toString('base64') === text
      expect(bytes !== undefined).toBe(canonical)
    }),
    { numRuns: 2000 },
  )
})
