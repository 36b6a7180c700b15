import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SequencedRecord } from '../../proto/types.ts'
import type { Cipher } from '../semantics/batch/encryption.ts'
import { meteredSize } from '../semantics/batch/metered-size.ts'
import type { SealedRecord } from '../semantics/read/kept-record.ts'
import { StoreError } from '../store/store-error.ts'
import { EncryptionKey } from './encryption-key.ts'
import { loadAead } from './load-aead.ts'
import { createSeal, type Seal } from './seal.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const STREAM = utf8('incarnation')

async function sealOf(cipher: Cipher, given: { key?: number; stream?: Uint8Array } = {}): Promise<Seal> {
  const key = new EncryptionKey(new Uint8Array(32).fill(given.key ?? 7))
  return createSeal(await loadAead(cipher), key, given.stream ?? STREAM)
}

const bytes = fc.uint8Array({ maxLength: 60 })
const records: fc.Arbitrary<SequencedRecord> = fc.record({
  seqNum: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  timestamp: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  headers: fc.array(fc.record({ name: bytes, value: bytes }), { maxLength: 4 }),
  body: bytes,
})
const secret: SequencedRecord = {
  seqNum: 3n,
  timestamp: 5n,
  headers: [{ name: utf8('name of a header'), value: utf8('value of a header') }],
  body: utf8('body of a record'),
}

/** As copies, since what is opened shares memory with what was decrypted. */
const plain = (record: SequencedRecord | undefined): unknown =>
  record && {
    ...record,
    headers: record.headers.map(({ name, value }) => [[...name], [...value]]),
    body: [...record.body],
  }

describe.each(['aegis-256', 'aes-256-gcm'] as const)('a record sealed with %s', (cipher) => {
  test('opens to what it was; its place and size are seen without (ENC-007, ENC-012)', async () => {
    const { seal, open } = await sealOf(cipher)
    fc.assert(
      fc.property(records, (record) => {
        const sealed = seal(record)
        const { seqNum, timestamp } = record
        expect(sealed).toMatchObject({ seqNum, timestamp, size: meteredSize(record) })
        expect(plain(open(sealed))).toEqual(plain(record))
      }),
    )
  })

  test('shows nothing of what is in it, and is never sealed the same way twice (ENC-017)', async () => {
    const { seal } = await sealOf(cipher)
    const sealings = Array.from({ length: 1000 }, () => Buffer.from(seal(secret).sealed))
    for (const part of [...secret.headers.flatMap(({ name, value }) => [name, value]), secret.body]) {
      expect(sealings.some((sealed) => sealed.includes(Buffer.from(part)))).toBe(false)
    }
    const { nonceBytes } = await loadAead(cipher)
    const nonces = sealings.map((sealed) => sealed.subarray(1, 1 + nonceBytes).toString('hex'))
    expect(new Set(nonces).size).toBe(1000)
  })

  test('many headers are kept by nobody once it is open, and are what they were', async () => {
    const headers = Array.from({ length: 300 }, (_, index) => ({ name: utf8(`${index}`), value: utf8('x') }))
    const { seal, open } = await sealOf(cipher)
    const opened = open(seal({ ...secret, headers }))
    expect(plain(opened)).toEqual(plain({ ...secret, headers }))
    expect(Object.getOwnPropertyDescriptor(opened, 'headers')?.value).toBeUndefined()
  })

  test('does not open with another key (ENC-008)', async () => {
    const sealed = (await sealOf(cipher)).seal(secret)
    expect((await sealOf(cipher, { key: 8 })).open(sealed)).toBeUndefined()
  })

  test.each<{ what: string; move: (sealed: SealedRecord) => SealedRecord }>([
    { what: 'another number', move: (sealed) => ({ ...sealed, seqNum: 4n }) },
    { what: 'another timestamp', move: (sealed) => ({ ...sealed, timestamp: 6n }) },
    { what: 'another size', move: (sealed) => ({ ...sealed, size: sealed.size + 1n }) },
  ])('does not open under $what', async ({ move }) => {
    const { seal, open } = await sealOf(cipher)
    expect(open(move(seal(secret)))).toBeUndefined()
  })

  test('does not open in another stream (ENC-018)', async () => {
    const sealed = (await sealOf(cipher)).seal(secret)
    expect((await sealOf(cipher, { stream: utf8('another') })).open(sealed)).toBeUndefined()
  })

  test('is not taken for one that another algorithm sealed (ENC-016)', async () => {
    const sealed = (await sealOf(cipher)).seal(secret)
    const other = await sealOf(cipher === 'aegis-256' ? 'aes-256-gcm' : 'aegis-256')
    expect(() => other.open(sealed)).toThrow(StoreError)
  })
})
