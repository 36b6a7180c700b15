import type { Rate } from '../pace/plan.ts'
import type { Size } from './workload.ts'

/** A value of a workload is wrong; the message names it, and what is accepted. */
export class WorkloadError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WorkloadError'
  }
}

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
}

/** `1000`, `64KiB`, `10k`: a whole number above or at `least`. */
export function parseAmount(value: unknown, name: string, least = 0): number {
  const [, digits, unit] = /^([\d_]+(?:\.\d+)?)\s*([a-z]*)$/i.exec(String(value).trim()) ?? []
  const factor = FACTORS[(unit ?? '').toLowerCase()]
  const amount = Number(digits?.replaceAll('_', '')) * (factor ?? Number.NaN)
  if (!Number.isSafeInteger(amount) || amount < least)
    throw new WorkloadError(
      `${name}: ${show(value)} is no whole number from ${least} on, such as 1000, 10k or 64KiB`,
    )
  return amount
}

/** `100`, or `1..1000` for a range with both its ends. */
export function parseSize(value: unknown, name: string, least: number, most: number): Size {
  const text = String(value)
  const [from = '', to = from] = text.split('..')
  const size = { least: parseAmount(from, name, least), most: parseAmount(to, name, least) }
  if (size.least > size.most) throw new WorkloadError(`${name}: ${text} ends before it begins`)
  if (size.most > most) throw new WorkloadError(`${name}: ${show(value)} is more than ${most}`)
  return size
}

/** `10`, `10s`, `1m30s`, `500ms`: seconds. */
export function parseSeconds(value: unknown, name: string): number {
  const text = String(value).trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text)
    throw new WorkloadError(`${name}: ${show(value)} is no time such as 10s, 500ms or 1m30s`)
  const seconds = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (SECONDS[unit ?? ''] ?? 0),
    0,
  )
  // 700 thousandths are 0.7 and nothing beside it.
  return Number(seconds.toFixed(9))
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }

/** How many appends one unit of a rate is: of records and bytes by the mean of a batch. */
export interface PerAppend {
  readonly records: number
  readonly bytes: number
}

/**
 * `100` or `100/s` appends per second, `5000records/s`, `10MiB/s`; in front of it `poisson`, or `ramp A..B in 30s`, or
 * `burst 100 every 5s`.
 */
export function parseRate(value: unknown, name: string, per: PerAppend): Rate {
  const text = String(value).trim()
  const ramp = /^ramp\s+(.+?)\.\.(.+?)\s+in\s+(\S+)$/i.exec(text)
  if (ramp !== null) {
    const [, from, to, seconds] = ramp
    return {
      kind: 'ramp',
      from: perSecond(from, name, per),
      to: perSecond(to, name, per),
      seconds: parseSeconds(seconds, name),
    }
  }
  const burst = /^burst\s+(\S+)\s+every\s+(\S+)$/i.exec(text)
  if (burst !== null) {
    const [, size, every] = burst
    return { kind: 'burst', size: parseAmount(size, name, 1), everySeconds: parseSeconds(every, name) }
  }
  const poisson = /^poisson\s+(.+)$/i.exec(text)
  return poisson === null
    ? { kind: 'constant', perSecond: positive(perSecond(text, name, per), value, name) }
    : { kind: 'poisson', perSecond: positive(perSecond(poisson[1], name, per), value, name) }
}

function perSecond(text: string | undefined, name: string, per: PerAppend): number {
  const [, number, unit] = /^([\d.]+)\s*(k?)$/i.exec(bare(text)) ?? []
  if (number !== undefined) return Number(number) * (unit === '' ? 1 : 1000)
  const [, records] = /^([\d.]+)\s*records$/i.exec(bare(text)) ?? []
  if (records !== undefined) return Number(records) / per.records
  const [, bytes, size] = /^([\d.]+)\s*([kmg]ib)$/i.exec(bare(text)) ?? []
  if (bytes !== undefined) return (Number(bytes) * (FACTORS[size?.toLowerCase() ?? ''] ?? 0)) / per.bytes
  throw new WorkloadError(
    `${name}: ${show(text)} is no rate: say 100, 5000records/s, 10MiB/s, "poisson 100", "ramp 10..100 in 30s" or "burst 100 every 5s"`,
  )
}

const bare = (text = ''): string => text.trim().replace(/\/s$/i, '').trim()

function positive(rate: number, value: unknown, name: string): number {
  if (!(rate > 0)) throw new WorkloadError(`${name}: ${show(value)} begins nothing: a rate must be above 0`)
  return rate
}

export const show = (value: unknown): string => JSON.stringify(value) ?? String(value)
