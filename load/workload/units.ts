import { UsageError } from '../../kit/usage-error.ts'
import type { Size } from './size.ts'

/** A value of a workload is wrong, and the user has given it; the message names it, and what is accepted. */
export class WorkloadError extends UsageError {
  constructor(message: string) {
    super(message)
    this.name = 'WorkloadError'
  }
}

/** Of the units that an amount may have, in small letters. */
export const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
}

/** What is given as text or as a number; empty for all else: of `true` and `[5]` a conversion makes 1 and 5, which nobody said. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

/** `1000`, `64KiB`, `10k`: a whole number above or at `least`. */
export function parseAmount(value: unknown, name: string, least = 0): number {
  const [, digits, unit] = /^(\d[\d_]*(?:\.\d+)?)\s*([a-z]*)$/i.exec(textOf(value)) ?? []
  const factor = FACTORS[(unit ?? '').toLowerCase()]
  // 16.1 thousands are 16,100 and nothing beside it.
  const amount = Number((Number(digits?.replaceAll('_', '')) * (factor ?? Number.NaN)).toFixed(6))
  if (!Number.isSafeInteger(amount) || amount < least)
    throw new WorkloadError(
      `${name}: ${show(value)} is no whole number from ${least} on, such as 1000, 10k or 64KiB`,
    )
  return amount
}

/** `100`, or `1..1000` for a range with both its ends. */
export function parseSize(value: unknown, name: string, least: number, most: number): Size {
  const text = textOf(value)
  const [from = '', to = from, ...more] = text.split('..')
  if (more.length > 0) throw new WorkloadError(`${name}: ${show(value)} has more than two ends`)
  const size = {
    least: parseAmount(text === '' ? value : from, name, least),
    most: parseAmount(to, name, least),
  }
  if (size.least > size.most) throw new WorkloadError(`${name}: ${text} ends before it begins`)
  if (size.most > most) throw new WorkloadError(`${name}: ${show(value)} is more than ${most}`)
  return size
}

/** `10`, `10s`, `1m30s`, `500ms`: seconds. */
export function parseSeconds(value: unknown, name: string): number {
  const text = textOf(value)
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
  const isWhole = parts.length > 0 && parts.map(([all]) => all).join('') === text
  const seconds = isWhole
    ? parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (SECONDS[unit ?? ''] ?? Number.NaN), 0)
    : plainNumber(text)
  if (!Number.isFinite(seconds))
    throw new WorkloadError(`${name}: ${show(value)} is no time such as 10s, 500ms or 1m30s`)
  // 700 thousandths are 0.7 and nothing beside it.
  return Number(seconds.toFixed(9))
}

/** `true` or `false`. */
export function parseSwitch(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw new WorkloadError(`${name}: ${show(value)} is neither true nor false`)
  return value
}

/** NaN for what is none. */
export const plainNumber = (text: string): number =>
  /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }

export const show = (value: unknown): string => JSON.stringify(value) ?? String(value)
