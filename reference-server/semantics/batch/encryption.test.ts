import { describe, expect, test } from 'vitest'
import { MAX_METERED_BYTES } from '../../../proto/limits.ts'
import type { AppendInput, AppendRecord, SequencedRecord } from '../../../proto/types.ts'
import { append } from '../append/append.ts'
import { EMPTY_STREAM } from '../append/stream-state.ts'
import { type KeptRecord, type SealedRecord, sizeOf } from '../read/kept-record.ts'
import { budgetOf, cutBatches, takeRecords } from '../read/read-bounds.ts'
import { isRefusal } from '../refusal.ts'
import { admitBatch } from './batch.ts'
import { type Cipher, decryptionFailed, resolveEncryption, staysReadable } from './encryption.ts'

const CIPHERS: readonly Cipher[] = ['aegis-256', 'aes-256-gcm']
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const key = { secret: 'key' }

describe('what a key means to a stream', () => {
  test.each([key, 'unusable', 'none'] as const)('without a cipher: nothing (ENC-006): %s', (given) => {
    expect(resolveEncryption(undefined, given)).toBe('plain')
  })

  test.each(CIPHERS)('with %s: it is needed, and must be one (ENC-003, ENC-004)', (cipher) => {
    expect(resolveEncryption(cipher, key)).toEqual({ cipher, key })
    expect(resolveEncryption(cipher, 'none')).toMatchObject({ refusal: 'error', code: 'bad_header' })
    expect(resolveEncryption(cipher, 'unusable')).toMatchObject({ refusal: 'error', code: 'bad_header' })
  })
})

const command = (name: string, body = new Uint8Array()): AppendRecord => ({
  headers: [{ name: new Uint8Array(), value: utf8(name) }],
  body,
})
const ordinary: AppendRecord = {
  headers: [{ name: utf8('fence'), value: new Uint8Array() }],
  body: utf8('x'),
}
const placed = (record: AppendRecord): SequencedRecord => ({ ...record, seqNum: 0n, timestamp: 0n })

test('a record that the key does not open ends the read (ENC-008)', () => {
  expect(decryptionFailed()).toMatchObject({ refusal: 'error', code: 'decryption_failed' })
})

test('commands stay readable, and nothing else (ENC-011)', () => {
  expect(staysReadable(placed(command('fence')))).toBe(true)
  expect(staysReadable(placed(command('trim', new Uint8Array(8))))).toBe(true)
  expect(staysReadable(placed(ordinary))).toBe(false)
  expect(staysReadable(placed({ headers: [], body: utf8('fence') }))).toBe(false)
})

describe('limits count the record inside (ENC-012)', () => {
  const sealed = (seqNum: bigint, size: bigint): SealedRecord => ({
    seqNum,
    timestamp: 10n * seqNum,
    size,
    sealed: new Uint8Array(5000),
  })

  test('its size', () => {
    expect(sizeOf(sealed(0n, 8n))).toBe(8n)
    expect(sizeOf(placed(ordinary))).toBe(16n)
  })

  test('of a read: what fits is as if it were not sealed', () => {
    const mixed: readonly KeptRecord[] = [
      sealed(0n, 20n),
      { ...placed(command('fence')), seqNum: 1n },
      sealed(2n, 20n),
    ]
    const counted = (bytes: bigint) => takeRecords(mixed, budgetOf({ bytes })).records.length
    expect([19n, 20n, 34n, 35n, 54n, 55n].map(counted)).toEqual([0, 1, 1, 2, 2, 3])
    expect(takeRecords(mixed, budgetOf({ until: 20n })).records).toEqual(mixed.slice(0, 2))
  })

  test('of a batch: two records of half a MiB fit', () => {
    const half = MAX_METERED_BYTES / 2n
    const cut = (sizes: readonly bigint[]) =>
      cutBatches(sizes.map((size, index) => sealed(BigInt(index), size))).map(({ length }) => length)
    expect(cut([half, half, 8n])).toEqual([2, 1])
    expect(cut([half, half + 1n])).toEqual([1, 1])
  })
})

describe('sequence numbers that aes-256-gcm cannot seal (CP-CFG-053)', () => {
  const MOST = 2n ** 32n

  function outcome(first: bigint, cipher: Cipher | undefined, input: AppendInput): string {
    const batch = admitBatch(input)
    if (isRefusal(batch)) throw new Error('not admitted')
    const state = { ...EMPTY_STREAM, tail: { seqNum: first, timestamp: 0n } }
    const sequenced = append(state, batch, 1n, { mode: 'client-prefer', uncapped: false }, cipher)
    if (!isRefusal(sequenced)) return 'sequenced'
    return sequenced.refusal === 'error' ? sequenced.code : sequenced.refusal
  }

  test.each<{ first: bigint; cipher: Cipher | undefined; records: readonly AppendRecord[]; is: string }>([
    { first: MOST - 1n, cipher: 'aes-256-gcm', records: [ordinary], is: 'sequenced' },
    { first: MOST, cipher: 'aes-256-gcm', records: [ordinary], is: 'invalid' },
    { first: MOST - 1n, cipher: 'aes-256-gcm', records: [ordinary, ordinary], is: 'invalid' },
    { first: MOST - 1n, cipher: 'aes-256-gcm', records: [ordinary, command('fence')], is: 'sequenced' },
    { first: MOST, cipher: 'aes-256-gcm', records: [command('fence')], is: 'sequenced' },
    { first: MOST, cipher: 'aegis-256', records: [ordinary], is: 'sequenced' },
    { first: MOST, cipher: undefined, records: [ordinary], is: 'sequenced' },
  ])('$records.length from $first on with $cipher: $is', ({ first, cipher, records, is }) => {
    expect(outcome(first, cipher, { records })).toBe(is)
  })

  test('come after the conditions', () => {
    const input = { records: [ordinary], matchSeqNum: 0n }
    expect(outcome(MOST, 'aes-256-gcm', input)).toBe('seq-num-mismatch')
  })
})
