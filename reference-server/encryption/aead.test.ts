import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cipher } from '../semantics/batch/encryption.ts'
import { EncryptionKey } from './encryption-key.ts'
import { loadAead } from './load-aead.ts'

interface Vector {
  readonly cipher: Cipher
  readonly source: string
  readonly key: string
  readonly nonce: string
  readonly associated: string
  readonly plaintext: string
  readonly ciphertext: string
  readonly tag: string
}

/** Published ones, so that another implementation could read what this one writes. */
const VECTORS: readonly Vector[] = [
  {
    cipher: 'aes-256-gcm',
    source: 'test case 16 of the GCM specification',
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    associated: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    ciphertext:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
  {
    cipher: 'aegis-256',
    source: 'test vector 1 of draft-irtf-cfrg-aegis-aead',
    key: '1001000000000000000000000000000000000000000000000000000000000000',
    nonce: '1000020000000000000000000000000000000000000000000000000000000000',
    associated: '',
    plaintext: '00000000000000000000000000000000',
    ciphertext: '754fc3d8c973246dcc6d741412a4b236',
    tag: '1181a1d18091082bf0266f66297d167d2e68b845f61a3b0527d31fc7b7b89f13',
  },
]

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

test.each(VECTORS)('$cipher does as the $source', async (vector) => {
  const keyed = (await loadAead(vector.cipher)).withKey(new EncryptionKey(hex(vector.key)))
  const [nonce, associated, plaintext] = [vector.nonce, vector.associated, vector.plaintext].map(hex)
  if (nonce === undefined || associated === undefined || plaintext === undefined) throw new Error('unreached')
  const ciphertext = Buffer.concat(keyed.encrypt(nonce, plaintext, associated))
  expect(Buffer.from(ciphertext).toString('hex')).toBe(vector.ciphertext + vector.tag)
  expect(Buffer.from(keyed.decrypt(nonce, ciphertext, associated) ?? []).toString('hex')).toBe(
    vector.plaintext,
  )
})

describe.each(['aegis-256', 'aes-256-gcm'] as const)('%s', (cipher) => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const some = fc.uint8Array({ maxLength: 100 })

  test('opens what it sealed, and nothing that differs from it in one bit', async () => {
    const aead = await loadAead(cipher)
    fc.assert(
      fc.property(
        fc.record({ key: bytes(32), nonce: bytes(aead.nonceBytes), associated: some, plaintext: some }),
        fc.constantFrom('key', 'nonce', 'associated', 'ciphertext'),
        fc.nat(),
        ({ key, nonce, associated, plaintext }, part, at) => {
          const open = (given: Record<'key' | 'nonce' | 'associated' | 'ciphertext', Uint8Array>) =>
            aead
              .withKey(new EncryptionKey(given.key.slice()))
              .decrypt(given.nonce, given.ciphertext, given.associated)
          const keyed = aead.withKey(new EncryptionKey(key.slice()))
          const ciphertext = Buffer.concat(keyed.encrypt(nonce, plaintext, associated))
          const given = { key, nonce, associated, ciphertext }
          expect(Uint8Array.from(open(given) ?? [])).toEqual(plaintext)
          const changed = Uint8Array.from(given[part])
          if (changed.length === 0) return
          const index = (at >> 3) % changed.length
          changed[index] = (changed[index] ?? 0) ^ (1 << (at & 7))
          expect(open({ ...given, [part]: changed })).toBeUndefined()
        },
      ),
    )
  })

  test('opens nothing that is too short to have a tag', async () => {
    const aead = await loadAead(cipher)
    const keyed = aead.withKey(new EncryptionKey(new Uint8Array(32)))
    const nonce = new Uint8Array(aead.nonceBytes)
    for (const length of [0, 1, 15, 16, 31]) {
      expect(keyed.decrypt(nonce, new Uint8Array(length), new Uint8Array())).toBeUndefined()
    }
  })

  test('does nothing with a key that was wiped before', async () => {
    const key = new EncryptionKey(new Uint8Array(32))
    key.wipe()
    const aead = await loadAead(cipher)
    const use = () =>
      aead.withKey(key).encrypt(new Uint8Array(aead.nonceBytes), new Uint8Array(), new Uint8Array())
    expect(use).toThrow('wiped')
  })
})
