import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareKeys } from './keys.ts'
import type { KeyRange } from './store.ts'
import { StoreError } from './store-error.ts'
import { decodeUsage, encodeUsage } from './stored-usage.ts'
import {
  ACCOUNT,
  basinOf,
  isBasin,
  minuteOf,
  scopeOf,
  streamScope,
  usageAfter,
  usageKey,
  usageRange,
} from './usage-keys.ts'

const basin = fc.stringMatching(/^[a-z0-9][a-z0-9-]{6,12}[a-z0-9]$/)
const stream = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 9 })
  .filter((name) => !name.includes('\0'))
const scope = fc.oneof(
  fc.constant(ACCOUNT),
  basin,
  fc.tuple(basin, stream).map(([basin, stream]) => streamScope(basin, stream)),
)
const minute = fc.integer({ min: 0, max: 2 ** 32 })

const isIn = (key: Uint8Array, { from, to }: KeyRange): boolean =>
  compareKeys(key, from) >= 0 && compareKeys(key, to) < 0

test('a key tells its scope and its minute', () => {
  fc.assert(
    fc.property(scope, minute, (scope, minute) => {
      const key = usageKey(scope, minute)
      expect([scopeOf(key), minuteOf(key)]).toEqual([scope, minute])
    }),
  )
})

test('a range holds the minutes of its scope within it and no others', () => {
  fc.assert(
    fc.property(scope, scope, minute, minute, minute, (scope, other, minute, from, to) => {
      const expected = other === scope && minute >= from && minute < to
      expect(isIn(usageKey(other, minute), usageRange(scope, from, to))).toBe(expected)
    }),
  )
})

test('after a scope comes neither itself nor, after a basin, what is in it; all usage holds everything', () => {
  fc.assert(
    fc.property(basin, stream, minute, (basin, stream, minute) => {
      const inside = usageKey(streamScope(basin, stream), minute)
      const own = usageKey(basin, minute)
      expect([inside, own].map((key) => isIn(key, usageAfter(basin)))).toEqual([false, false])
      expect(isIn(inside, usageAfter(streamScope(basin, stream)))).toBe(false)
      expect(isIn(own, usageAfter(streamScope(basin, stream)))).toBe(true)
      expect([inside, own, usageKey(ACCOUNT, minute)].every((key) => isIn(key, usageAfter(undefined)))).toBe(
        true,
      )
    }),
  )
})

test('going on after what is found finds every scope once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(scope, { maxLength: 8 }), (scopes) => {
      const keys = scopes.map((scope) => usageKey(scope, 60)).sort(compareKeys)
      const found: string[] = []
      for (let last: string | undefined; ; ) {
        const key = keys.find((candidate) => isIn(candidate, usageAfter(last)))
        if (key === undefined) break
        last = scopeOf(key)
        found.push(last)
      }
      expect(found.toSorted()).toEqual(scopes.toSorted())
    }),
  )
})

test('the basin of a scope', () => {
  expect([ACCOUNT, 'a-basin-1', streamScope('a-basin-1', 'a\nb')].map(basinOf)).toEqual([
    '',
    'a-basin-1',
    'a-basin-1',
  ])
  expect([ACCOUNT, 'a-basin-1', streamScope('a-basin-1', 's')].map(isBasin)).toEqual([false, true, false])
})

test('counts come back as they were, and what are none is corrupt', () => {
  const counts = fc.array(
    fc.tuple(fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  )
  fc.assert(
    fc.property(counts, (entries) => {
      const counts = new Map(entries.map(([name, count]) => [name, count + 0]))
      expect(decodeUsage(encodeUsage(counts))).toEqual(counts)
    }),
  )
  for (const text of ['', '{}', '[1]', '[["a"]]', '[["a","b"]]', '[[1,2]]']) {
    expect(() => decodeUsage(new TextEncoder().encode(text))).toThrow(StoreError)
  }
})
