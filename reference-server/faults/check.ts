import { LONGEST_TIMER } from '../longest-timer.ts'
import { type Misnamed, parseBasinName, parseStreamName } from '../semantics/resources/names.ts'
import { ACCOUNT_OPERATIONS, BASIN_OPERATIONS, type FaultKind, STREAM_OPERATIONS } from './options.ts'

/** Returns what is wrong with a value, or undefined. */
type Check = (value: unknown) => string | undefined

const wholeFrom =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Check =>
  (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
      return undefined
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
    return `must be a whole number ${range}`
  }

const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((each) => each === value) ? undefined : `must be one of ${values.join(', ')}`

const named =
  (parse: (text: string) => object | Misnamed): Check =>
  (value) => {
    if (typeof value !== 'string') return 'must be a string'
    const name = parse(value)
    return 'misnamed' in name ? `is not valid: ${name.misnamed}` : undefined
  }

const basin = named(parseBasinName)
const stream = named(parseStreamName)
const times = wholeFrom(1)
const operation = oneOf('any', ...STREAM_OPERATIONS, ...BASIN_OPERATIONS, ...ACCOUNT_OPERATIONS)
const milliseconds = wholeFrom(0, LONGEST_TIMER)

interface Shape {
  readonly required: Readonly<Record<string, Check>>
  readonly optional: Readonly<Record<string, Check>>
}

const SHAPES: Readonly<Record<FaultKind, Shape>> = {
  refuse: {
    required: { operation, code: oneOf('unavailable', 'server_draining', 'rate_limited') },
    optional: { basin, stream, times, retryAfterMs: milliseconds },
  },
  'lose-ack': { required: {}, optional: { basin, stream, times } },
  'cut-read': { required: { afterRecords: wholeFrom(0) }, optional: { basin, stream, times } },
  delay: { required: { operation, ms: milliseconds }, optional: { basin, stream, times } },
}

/** Throws `TypeError` that names the field, for callers without the types and for values that types cannot limit. */
export function checkFault(kind: FaultKind, options: Readonly<Record<string, unknown>>): void {
  const { required, optional } = SHAPES[kind]
  for (const [field, check] of Object.entries(required)) reject(kind, field, check(options[field]))
  const known = { ...required, ...optional }
  for (const [field, value] of Object.entries(options)) {
    const check = Object.hasOwn(known, field) ? known[field] : undefined
    if (check === undefined) {
      throw new TypeError(`${kind}: there is no field ${field}, only ${Object.keys(known).join(', ')}`)
    }
    if (value !== undefined) reject(kind, field, check(value))
  }
  checkTogether(kind, options)
}

function checkTogether(kind: FaultKind, options: Readonly<Record<string, unknown>>): void {
  const isOf = (operations: readonly string[]): boolean =>
    operations.some((each) => each === options.operation)
  const onAccount = isOf(ACCOUNT_OPERATIONS)
  const why = (names: string): string => `cannot filter ${String(options.operation)}, which names no ${names}`
  if (options.stream !== undefined && (onAccount || isOf(BASIN_OPERATIONS)))
    reject(kind, 'stream', why('stream'))
  if (options.basin !== undefined && onAccount) reject(kind, 'basin', why('basin'))
  if (options.retryAfterMs !== undefined && options.code !== 'rate_limited')
    reject(kind, 'retryAfterMs', 'needs the code rate_limited')
}

function reject(kind: FaultKind, field: string, problem: string | undefined): void {
  if (problem !== undefined) throw new TypeError(`${kind}: ${field} ${problem}`)
}
