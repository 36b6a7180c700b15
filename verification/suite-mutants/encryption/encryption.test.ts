import { expect, test } from 'vitest'
import { fence, record } from '../../../client/records.ts'
import type { SealedRecord } from '../../../reference-server/semantics/read/kept-record.ts'
import { type Rules, rules } from '../../../reference-server/semantics/rules.ts'
import { breakPart } from '../testing/break-part.ts'
import { bytesBoundCountsCiphertext } from './bytes-bound-counts-ciphertext.ts'
import { commandsAreSealed } from './commands-are-sealed.ts'
import { missingKeyIsPassedOver } from './missing-key-is-passed-over.ts'

test('missing-key-is-passed-over: only where a cipher needs one, and only if there is none', () => {
  const { broken, firings } = breakPart(missingKeyIsPassedOver, rules)
  expect(broken.resolveEncryption('aegis-256', 'unusable')).toMatchObject({ code: 'bad_header' })
  expect(broken.resolveEncryption(undefined, 'none')).toBe('plain')
  expect(firings()).toBe(0)
  expect(rules.resolveEncryption('aegis-256', 'none')).toMatchObject({ code: 'bad_header' })
  expect(broken.resolveEncryption('aegis-256', 'none')).toBe('plain')
  expect(firings()).toBe(1)
})

test('commands-are-sealed, as other records are in any case', () => {
  const { broken, firings } = breakPart(commandsAreSealed, rules)
  const placed = (one: ReturnType<typeof record>) => ({ ...one, seqNum: 0n, timestamp: 0n })
  expect(broken.staysReadable(placed(record('a')))).toBe(false)
  expect(firings()).toBe(0)
  expect(rules.staysReadable(placed(fence('a')))).toBe(true)
  expect(broken.staysReadable(placed(fence('a')))).toBe(false)
  expect(firings()).toBe(1)
})

test('bytes-bound-counts-ciphertext, which is longer than the record in it', () => {
  const { broken, firings } = breakPart(bytesBoundCountsCiphertext, rules)
  const sealed: readonly SealedRecord[] = [0n, 1n].map((seqNum) => ({
    seqNum,
    timestamp: 0n,
    size: 10n,
    sealed: new Uint8Array(75),
  }))
  const take = ({ takeRecords }: Rules, bytes: bigint) =>
    takeRecords(sealed, { count: undefined, bytes, until: undefined }).records
  expect(take(broken, 150n)).toEqual(sealed)
  expect(firings()).toBe(0)
  expect(take(rules, 20n)).toEqual(sealed)
  expect(take(broken, 80n)).toEqual(sealed.slice(0, 1))
  expect(firings()).toBe(1)
})
