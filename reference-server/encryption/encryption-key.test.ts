import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { EncryptionKey, parseEncryptionKey } from './encryption-key.ts'

const BASE64 = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
const BYTES = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

test('a key is the base64 of 32 bytes (ENC-002)', () => {
  const key = parseEncryptionKey(BASE64)
  expect(key === 'unusable' ? key : key.expose()).toEqual(BYTES)
})

test.each([
  '!!!!',
  '',
  BASE64.slice(0, 43),
  `${BASE64.slice(0, 42)}F=`,
  BASE64.replace('AQ', '_-'),
  Buffer.alloc(16, 1).toString('base64'),
  Buffer.alloc(31, 1).toString('base64'),
  Buffer.alloc(33, 1).toString('base64'),
])('nothing else is: %j (ENC-004)', (text) => {
  expect(parseEncryptionKey(text)).toBe('unusable')
})

test('a key of another length is a mistake of ours', () => {
  expect(() => new EncryptionKey(new Uint8Array(31))).toThrow(RangeError)
})

test('no printing and no serialising shows a key', () => {
  const key = new EncryptionKey(BYTES.slice())
  const shown = [
    inspect(key, { depth: 9, showHidden: true }),
    JSON.stringify({ key }),
    String(key),
    JSON.stringify(Object.getOwnPropertyDescriptors(key)),
    inspect(Object.entries(key)),
  ].join('\n')
  expect(shown).not.toMatch(/\b1\b.*\b2\b|AQID|010203/s)
})

test('a wiped key is gone, and cannot be used as if it were zeros', () => {
  const bytes = BYTES.slice()
  const key = new EncryptionKey(bytes)
  key.wipe()
  expect(bytes).toEqual(new Uint8Array(32))
  expect(() => key.expose()).toThrow('wiped')
})
