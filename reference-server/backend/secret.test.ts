import { expect, test } from 'vitest'
import { digestOf, isSameDigest } from './secret.ts'

test('a digest is the SHA-256 of the secret, as FIPS 180-4 has it', () => {
  const published = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(Buffer.from(digestOf('abc'), 'base64url').toString('hex')).toBe(published)
})

test('digests are the same if all of them is, whatever their lengths', () => {
  expect(isSameDigest(digestOf('a'), digestOf('a'))).toBe(true)
  expect(isSameDigest(digestOf('a'), digestOf('b'))).toBe(false)
  expect(isSameDigest('abc', 'abd')).toBe(false)
  expect(isSameDigest('abc', 'abcd')).toBe(false)
})
