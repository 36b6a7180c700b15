import { fromUtf8, utf8, viewOf } from './bytes.ts'
import type { KeyRange } from './store.ts'

/**
 * Whose usage: the account's (the empty text), a basin's (its name) or a stream's. Names outlive what they name, so usage
 * stands under names.
 */
export type UsageScope = string

export const ACCOUNT: UsageScope = ''

/** No name contains NUL. */
export const streamScope = (basin: string, stream: string): UsageScope => `${basin}\0${stream}`

/** The account has none: the empty text. */
export const basinOf = (scope: UsageScope): UsageScope => scope.replace(/\0.*/s, '')

export const isBasin = (scope: UsageScope): boolean => scope !== ACCOUNT && !scope.includes('\0')

/** The space of these keys; the others are in `keys.ts`. */
export const USAGE_SPACE = 0x20

/** What was counted in one minute, a Unix time in seconds. */
export function usageKey(scope: UsageScope, minute: number): Uint8Array {
  const prefix = prefixOf(scope)
  const key = new Uint8Array(prefix.length + 8)
  key.set(prefix)
  viewOf(key).setBigUint64(prefix.length, BigInt(minute))
  return key
}

/** Minutes from `from` up to, not including, `to`. */
export const usageRange = (scope: UsageScope, from: number, to: number): KeyRange => ({
  from: usageKey(scope, from),
  to: usageKey(scope, to),
})

export const minuteOf = (key: Uint8Array): number => Number(viewOf(key).getBigUint64(key.length - 8))

export const scopeOf = (key: Uint8Array): UsageScope => fromUtf8(key.subarray(1, -9))

/** Usage of what comes after this scope, which is after all that is in it, or all usage. */
export const usageAfter = (scope: UsageScope | undefined): KeyRange => ({
  from: scope === undefined ? Uint8Array.of(USAGE_SPACE) : Uint8Array.of(...prefixOf(scope), 0xff),
  to: Uint8Array.of(USAGE_SPACE + 1),
})

/** 0xff, which is in no text, ends a scope: none runs into another, and a basin's streams stand before it. */
const prefixOf = (scope: UsageScope): Uint8Array => Uint8Array.of(USAGE_SPACE, ...utf8(scope), 0xff)
