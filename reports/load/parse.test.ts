import { readFileSync } from 'node:fs'
import { deflateSync, gzipSync } from 'node:zlib'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { parseLoadResult } from './parse.ts'
import type { LoadResult } from './result.ts'
import { LATENCY_NAMES } from './result.ts'
import { LoadReportError } from './shape.ts'
import { sample } from './testing/sample.ts'

const schema = JSON.parse(readFileSync(new URL('./load.schema.json', import.meta.url), 'utf8'))
const ajv = new Ajv.default({ strict: true, allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(schema)

/** What the parser says of a value, undefined for nothing. */
function complaint(value: unknown): string | undefined {
  try {
    parseLoadResult(JSON.stringify(value))
    return undefined
  } catch (error) {
    if (error instanceof LoadReportError) return error.message
    throw error
  }
}

type Path = readonly string[]

/** Every place in a value, the outer ones first. The workload's inside is its own business. */
function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null || path[0] === 'workload') return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

/** A copy that differs in one place; `undefined` takes it away. */
function changed(value: unknown, [key, ...rest]: Path, to: (old: unknown) => unknown): unknown {
  if (key === undefined) return to(value)
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === key ? changed(each, rest, to) : each))
  const { [key]: old, ...others } = value as Record<string, unknown>
  const inner = changed(old, rest, to)
  return inner === undefined ? others : { ...others, [key]: inner }
}

/** The names of all properties that a schema has, wherever they stand. */
function propertiesIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, inner]) =>
    key === 'properties'
      ? [...Object.keys(inner), ...propertiesIn(Object.values(inner))]
      : propertiesIn(inner),
  )
}

const CHANGES: readonly (readonly [string, (old: unknown) => unknown])[] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a text', () => 'other'],
  ['a negative number', () => -1],
  ['a broken number', () => 0.5],
  ['a number beyond 2^53', () => 2 ** 60],
  ['true', () => true],
  ['a list', () => []],
  ['an object', () => ({})],
  [
    'a stranger beside it',
    (old) => (typeof old === 'object' && old !== null ? { ...old, stranger: {} } : []),
  ],
]

/** Every part, whether they go together or not. */
const whole: LoadResult = { ...sample, sharedMachine: true }

const places = placesIn(whole).slice(1)

test('what was written is read again, field by field', () => {
  expect(parseLoadResult(JSON.stringify(whole))).toEqual(whole)
})

test('the sample is as the schema says, and has every part that the schema knows', () => {
  expect([validate(whole), validate.errors]).toEqual([true, null])
  const known = propertiesIn(schema)
  expect(known).toContain('oursTaken')
  const there = new Set(places.flat())
  expect(known.filter((name) => !there.has(name))).toEqual([])
  expect(Object.keys(schema.properties.latencies.properties).toSorted()).toEqual(LATENCY_NAMES.toSorted())
})

test('parser and schema refuse the same, wherever a value is of another kind', () => {
  // One of each kind is enough, and a histogram takes its time to read.
  const { response } = whole.latencies
  const small = {
    ...whole,
    series: whole.series.slice(0, 1),
    latencies: response === undefined ? {} : { response },
  }
  let refused = 0
  const apart: string[] = []
  for (const path of placesIn(small).slice(1)) {
    for (const [what, change] of CHANGES) {
      const value = changed(small, path, change)
      const said = complaint(value)
      // That a histogram holds what it says is beyond a schema, and so is the order of a series.
      if (said !== undefined && /histogram: |is before that|and count says/.test(said)) continue
      if (said !== undefined) refused += 1
      if (validate(value) !== (said === undefined)) apart.push(`${path.join('.')} as ${what}: ${said}`)
    }
  }
  expect(apart).toEqual([])
  expect(refused).toBeGreaterThan(500)
})

const WRONG: readonly (readonly [Path, () => unknown, string])[] = [
  [['appends', 'perSecond', 'bytes'], () => 'many', 'appends.perSecond.bytes is not a number of 0 or more'],
  [['series', '3', 'e2e', 'p99'], () => undefined, 'series[3].e2e.p99 is missing'],
  [['verdict'], () => 'FINE', 'verdict is not "VALID" or "SUSPECT" or "INVALID"'],
  [['machines'], () => [], 'machines is not a list of 1 or more'],
  [['generator', 'stalled'], () => 1.5, 'generator.stalled is not a number from 0 to 1'],
  [['tail'], () => ({ more: 1 }), 'tail has a field "more", which is not known here'],
  [['version'], () => 2, 'it has version 2, and version 1 is read here'],
  [['format'], () => 1, 'it is no result of s2-load: its format is not "s2-load"'],
  [['series', '4', 'at'], () => 1, 'series[4].at is before that of the interval before'],
  [
    ['latencies', 'lag', 'count'],
    () => 7,
    'latencies.lag.histogram: it holds 10000 values, and count says 7',
  ],
]

test.each(WRONG)('says where: %j', (path, change, sentence) => {
  expect(complaint(changed(whole, path, change))).toBe(sentence)
})

test.each([
  ['', 'it is not JSON'],
  ['[]', 'it is no result'],
  ['null', 'it is no result'],
  ['{"format":', 'it is not JSON'],
])('%j is no result', (text, sentence) => {
  expect(() => parseLoadResult(text)).toThrow(sentence)
})

test('a workload that is nested without end is refused before anybody follows it', () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  const text = JSON.stringify(changed(whole, ['workload'], () => 0)).replace(
    '"workload":0',
    `"workload":${deep}`,
  )
  expect(() => parseLoadResult(text)).toThrow('workload is nested more than 8 levels deep')
})

describe('a histogram', () => {
  const withHistogram = (text: string): unknown =>
    changed(whole, ['latencies', 'response', 'histogram'], () => text)
  const encoded = (highest: number, digits: 2 | 3): string =>
    encodeIntoCompressedBase64(
      build({
        lowestDiscernibleValue: 1,
        highestTrackableValue: highest,
        numberOfSignificantValueDigits: digits,
        bitBucketSize: 64,
      }),
    )

  test.each([
    ['is no base64', '!', 'it is not base64'],
    ['is something else', Buffer.from('hello, hello').toString('base64'), 'it cannot be inflated'],
    ['is compressed otherwise', gzipSync('hello').toString('base64'), 'it cannot be inflated'],
    ['is empty', '', 'it cannot be inflated'],
    ['has other digits', encoded(3_600_000_000, 2), 'it is not one of 1 µs to one hour in three digits'],
    ['has another range', encoded(10_000_000, 3), 'it is not one of 1 µs to one hour in three digits'],
  ])('that %s is refused', (_what, text, sentence) => {
    expect(complaint(withHistogram(text))).toContain(`latencies.response.histogram: ${sentence}`)
  })

  test('is not inflated beyond what a histogram needs', () => {
    const body = deflateSync(Buffer.alloc(64 * 1024 * 1024))
    const head = Buffer.alloc(8)
    head.writeInt32BE(0x1c849314, 0)
    head.writeInt32BE(body.length, 4)
    expect(complaint(withHistogram(Buffer.concat([head, body]).toString('base64')))).toContain(
      'it cannot be inflated',
    )
  })
})
