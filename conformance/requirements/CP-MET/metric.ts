import type { Answer } from '../../../client/answer.ts'
import { query } from '../../../client/clients/parts.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Expect } from '../../check/expect.ts'
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
  /** It has all that its kind has. */
  expectWhole(): void
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

/** The set was served, with whatever is in it. */
export function expectServed(expect: Expect, answer: Answer<unknown>): readonly unknown[] {
  const values = member(expect.ok(answer), 'values')
  if (Array.isArray(values)) return values
  expect.that(false, 'values is an array', answer.value)
  return []
}

/** The metrics of an answer (CP-MET-030); what a metric is made of is judged where it is asked for (CP-MET-031). */
export const readMetrics = (expect: Expect, answer: Answer<unknown>): readonly Metric[] =>
  expectServed(expect, answer).map((value) => readMetric(expect, value))

function readMetric(expect: Expect, value: unknown): Metric {
  const keys = keysOf(value)
  const kind = KINDS.find((each) => keys.length === 1 && keys[0] === each) ?? 'scalar'
  expect.that(keys.join() === kind, `exactly one key of ${KINDS.join(', ')}`, value)
  const inner = member(value, kind)
  const text = (key: string): string => {
    const found = member(inner, key)
    expect.that(typeof found === 'string', `${key} of the ${kind} is a text`, found)
    return String(found)
  }
  const isSeries = kind === 'accumulation' || kind === 'gauge'
  return {
    kind,
    get name() {
      return text('name')
    },
    get unit() {
      return kind === 'label' ? '' : text('unit')
    },
    get interval() {
      return kind === 'accumulation' ? text('interval') : ''
    },
    get points() {
      return isSeries ? readPoints(expect, member(inner, 'values')) : []
    },
    get labels() {
      return kind === 'label' ? readLabels(expect, member(inner, 'values')) : []
    },
    expectWhole() {
      const missing = PARTS[kind].filter((key) => !Object.hasOwn(Object(inner), key))
      expect.equal(missing, [], `what the ${kind} lacks`)
      if (kind !== 'scalar') return
      const scalar = member(inner, 'value')
      expect.that(isNumber(scalar), 'value is a number', scalar)
    },
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

/** Metrics that differ in their names, points in order at whole minutes of the range, each label once. */
export function expectSeries(
  expect: Expect,
  metrics: readonly Metric[],
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const names = metrics.map(({ kind, name }) => `${kind} ${name}`)
  expect.equal(names, [...new Set(names)], 'metrics, each of another name')
  for (const { kind, name, labels, points } of metrics) {
    if (kind === 'label') expect.equal(name, 'active_basins', 'name of the label')
    expect.equal(labels, [...new Set(labels)], 'labels, each once')
    const times = points.map(([time]) => time)
    const inOrder = [...new Set(times)].toSorted((a, b) => a - b)
    expect.equal(times, inOrder, 'times, ascending')
    // A bucket may begin before the range does, a day at most.
    const odd = times.filter((time) => time % 60 !== 0 || time <= start - DAY || time >= end)
    expect.equal(odd, [], 'times that are no whole minutes of the range')
    const below = points.filter(([, value]) => value < 0)
    expect.equal(below, [], 'points below zero')
  }
}

const DAY = 86_400

export const BASIN_SETS: readonly string[] = [
  'storage',
  'append-ops',
  'read-ops',
  'read-throughput',
  'append-throughput',
  'basin-ops',
]
