import type { CheckContext } from '../../context.ts'
import type { Expect } from '../../expect.ts'
import type { Answer } from '../../target/answer.ts'
import { query } from '../../target/clients/parts.ts'
import { keysOf, member } from '../members.ts'

export type Kind = 'scalar' | 'accumulation' | 'gauge' | 'label'

/** One metric of an answer, whatever its kind: what its kind does not have is empty. */
export interface Metric {
  readonly kind: Kind
  readonly name: string
  readonly unit: string
  readonly interval: string
  /** Unix seconds and value, in the order they came. */
  readonly points: readonly (readonly [time: number, value: number])[]
  readonly labels: readonly string[]
}

export interface MetricsQuery {
  readonly set?: string
  readonly start?: number | string
  readonly end?: number | string
  readonly interval?: string
}

/** `path` is empty for the account, else `/BASIN` or `/BASIN/STREAM`. */
export const getMetrics = (
  { account }: Pick<CheckContext, 'account'>,
  path: string,
  parameters: MetricsQuery,
): Promise<Answer<unknown>> =>
  account.raw({ method: 'GET', path: `/metrics${path}${query({ ...parameters })}` })

/** The metrics of an answer that has the shape of one (CP-MET-030, CP-MET-031); any other is a finding. */
export function readMetrics(expect: Expect, answer: Answer<unknown>): readonly Metric[] {
  const values = member(expect.ok(answer), 'values')
  if (Array.isArray(values)) return values.map((value) => readMetric(expect, value))
  expect.that(false, 'values is an array', answer.value)
  return []
}

function readMetric(expect: Expect, value: unknown): Metric {
  const keys = keysOf(value)
  const kind = KINDS.find((each) => keys.length === 1 && keys[0] === each)
  expect.that(kind !== undefined, `exactly one key of ${KINDS.join(', ')}`, value)
  const inner = member(value, kind ?? '')
  const missing = PARTS[kind ?? 'scalar'].filter((key) => !keysOf(inner).includes(key))
  expect.equal(missing, [], `what the ${kind} lacks`)
  const text = (key: string): string => {
    const found = member(inner, key)
    expect.that(typeof found === 'string', `${key} of the ${kind} is a text`, found)
    return String(found)
  }
  const isSeries = kind === 'accumulation' || kind === 'gauge'
  const points = isSeries ? readPoints(expect, member(inner, 'values')) : []
  if (kind === 'scalar') {
    const scalar = member(inner, 'value')
    expect.that(typeof scalar === 'number' || typeof scalar === 'bigint', 'value is a number', scalar)
  }
  return {
    kind: kind ?? 'scalar',
    name: text('name'),
    unit: kind === 'label' ? '' : text('unit'),
    interval: kind === 'accumulation' ? text('interval') : '',
    points,
    labels: kind === 'label' ? readLabels(expect, member(inner, 'values')) : [],
  }
}

function readPoints(expect: Expect, values: unknown): Metric['points'] {
  if (!Array.isArray(values)) {
    expect.that(false, 'values is an array', values)
    return []
  }
  return values.map((point: unknown) => {
    const [time, value, ...more] = Array.isArray(point) ? point : []
    const isPoint = typeof time === 'bigint' && isNumber(value) && more.length === 0
    expect.that(isPoint, 'a point [epoch seconds, number]', point)
    return [Number(time), Number(value)] as const
  })
}

function readLabels(expect: Expect, values: unknown): readonly string[] {
  const isTexts = Array.isArray(values) && values.every((value) => typeof value === 'string')
  expect.that(isTexts, 'values of the label are texts', values)
  return Array.isArray(values) ? values.map(String) : []
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint'

const KINDS: readonly Kind[] = ['scalar', 'accumulation', 'gauge', 'label']

const PARTS: Readonly<Record<Kind, readonly string[]>> = {
  scalar: ['name', 'unit', 'value'],
  accumulation: ['name', 'unit', 'interval', 'values'],
  gauge: ['name', 'unit', 'values'],
  label: ['name', 'values'],
}

export const BASIN_SETS: readonly string[] = [
  'storage',
  'append-ops',
  'read-ops',
  'read-throughput',
  'append-throughput',
  'basin-ops',
]
