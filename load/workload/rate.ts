import type { Rate } from '../pace/plan.ts'
import { FACTORS, parseAmount, parseSeconds, plainNumber, show, textOf, WorkloadError } from './units.ts'

/** How many appends one unit of a rate is: of records and bytes by the mean of a batch. */
export interface PerAppend {
  readonly records: number
  readonly bytes: number
}

/** Appends per second: beyond these the times of a plan have no use, and soon no value. */
const LEAST = 1e-6
const MOST = 1e9
const MOST_SECONDS = 1e7

/**
 * `100` or `100/s` appends per second, `5000records/s`, `10MiB/s`; in front of it `poisson`, or `ramp A..B in 30s`, or
 * `burst 100 every 5s`. Whatever is accepted can be planned. Throws a `WorkloadError`.
 */
export function parseRate(value: unknown, name: string, per: PerAppend): Rate {
  const text = textOf(value)
  if (text === '') throw noRate(value, name)
  const rate = readRate(text, name, per)
  const why = objection(rate)
  if (why !== undefined) throw new WorkloadError(`${name}: ${show(value)} ${why}`)
  return rate
}

function readRate(text: string, name: string, per: PerAppend): Rate {
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
    ? { kind: 'constant', perSecond: perSecond(text, name, per) }
    : { kind: 'poisson', perSecond: perSecond(poisson[1], name, per) }
}

/** What is wrong with a rate; undefined where it can be planned. */
function objection(rate: Rate): string | undefined {
  switch (rate.kind) {
    case 'constant':
    case 'poisson':
      return beyond(rate.perSecond)
    case 'ramp':
      if (!isSpan(rate.seconds)) return NO_SPAN
      // From nothing or to nothing, and not both.
      return [rate.from, rate.to]
        .filter((end) => end !== 0 || rate.from === rate.to)
        .map(beyond)
        .find(Boolean)
    case 'burst':
      return isSpan(rate.everySeconds) ? beyond(rate.size / rate.everySeconds) : NO_SPAN
  }
}

const isSpan = (seconds: number): boolean => seconds > 0 && seconds <= MOST_SECONDS
const NO_SPAN = `needs a time above 0 and up to ${MOST_SECONDS} s`

function beyond(rate: number): string | undefined {
  if (!(rate > 0)) return 'begins nothing: a rate must be above 0'
  return rate < LEAST || rate > MOST ? `is not between ${LEAST} and ${MOST} appends per second` : undefined
}

function perSecond(text: string | undefined, name: string, per: PerAppend): number {
  const [, digits = '', unit = ''] = /^([\d.]+)\s*(k|records|[kmg]ib)?$/i.exec(bare(text)) ?? []
  const number = plainNumber(digits)
  if (Number.isNaN(number)) throw noRate(text, name)
  const kind = unit.toLowerCase()
  if (kind === 'records') return number / per.records
  const amount = number * (FACTORS[kind] ?? Number.NaN)
  return kind.endsWith('ib') ? amount / per.bytes : amount
}

const noRate = (value: unknown, name: string): WorkloadError =>
  new WorkloadError(
    `${name}: ${show(value)} is no rate: say 100, 5000records/s, 10MiB/s, "poisson 100", "ramp 10..100 in 30s" or "burst 100 every 5s"`,
  )

const bare = (text = ''): string => text.trim().replace(/\/s$/i, '').trim()
