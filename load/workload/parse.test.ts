import { describe, expect, test } from 'vitest'
import { createRandom } from '../../kit/random.ts'
import { BUILT_IN } from './built-in.ts'
import { createChooser, createShapes, meanOf } from './choices.ts'
import { describeWorkload } from './describe.ts'
import { estimate } from './estimate.ts'
import { parseWorkload, type WorkloadFields } from './parse.ts'
import { parseRate } from './rate.ts'
import { parseAmount, parseSeconds } from './units.ts'

const parse = (fields: WorkloadFields) => parseWorkload(fields, 'here')

describe('a workload', () => {
  test('has a default for everything', () => {
    expect(parse({})).toMatchObject({
      name: 'here',
      streams: 1,
      seconds: 10,
      warmupSeconds: 2,
      appends: { transport: 's2s', arrival: { kind: 'open', rate: { kind: 'constant', perSecond: 100 } } },
      tail: { readers: 1, transport: 's2s' },
    })
  })

  test.each(BUILT_IN)('that is built in is one: $name', ({ name, fields }) => {
    expect(describeWorkload(parseWorkload(fields, name))).toContain(name)
  })

  test.each<[WorkloadFields, string]>([
    [{ recordsize: 5 }, '"recordsize" is no field of a workload: there are name, streams, transport'],
    [{ streams: null }, 'streams: has no value; leave it out'],
    [{ rate: 'ramp 5' }, 'rate: "ramp 5" is no rate: say 100, 5000records/s'],
    [{ faults: 'explode at 2s' }, 'faults: "explode at 2s" is no fault: say "cut at 2s"'],
    [{ 'share-connections': 'yes' }, 'share-connections: "yes" is neither true nor false'],
    [
      { 'share-connections': true, transport: 'h2-proto' },
      'share-connections: is for appends over s2s, and these go over h2-proto',
    ],
    [
      { transport: 'h1-json', compression: 'zstd' },
      'compression: "zstd" is for appends over s2s, the one transport that compresses, and these go over h1-json',
    ],
    [
      { 'read-compression': 'zstd', 'read-transport': 'sse', 'catch-up': 0 },
      'read-compression: "zstd" is for readers over s2s, and there are none: see read-transport and catch-up-transport',
    ],
    [
      { 'read-compression': 'gzip', 'read-transport': 'sse', 'catch-up-transport': 'sse' },
      'read-compression: "gzip" is for readers over s2s',
    ],
    [{ streams: 0 }, 'streams: 0 is no whole number from 1 on'],
    [{ streams: 1.5 }, 'streams: 1.5 is no whole number'],
    [{ batch: '5..2' }, 'batch: 5..2 ends before it begins'],
    [{ batch: 1001 }, 'batch: 1001 is more than 1000'],
    [{ batch: '1..5..100' }, 'batch: "1..5..100" has more than two ends'],
    [{ 'record-size': 31 }, 'record-size: "31" is no whole number from 32 on'],
    [
      { batch: 100, 'record-size': '64KiB' },
      '100 records of 65536 bytes are 6554400 metered bytes, and a batch holds 1048576',
    ],
    [
      { batch: 1, 'record-size': 1_048_361, headers: 12 },
      '1 records of 1048361 bytes are 1048577 metered bytes, and a batch holds 1048576',
    ],
    [
      { 'record-size': [] },
      'record-size: [] is no list of sizes and weights, such as [{size: 100, weight: 9}',
    ],
    [{ 'record-size': [100] }, 'record-size: 100 is no size with its weight, such as {size: 100, weight: 9}'],
    [{ 'record-size': [{ size: 100 }] }, 'record-size: {"size":100} has no weight'],
    [
      { 'record-size': [{ size: 100, weigth: 9 }] },
      'record-size: "weigth" is no field of {"size":100,"weigth":9}: there are size, weight',
    ],
    [{ 'record-size': [{ size: 31, weight: 1 }] }, 'record-size: size: "31" is no whole number from 32 on'],
    [{ 'record-size': [{ size: 100, weight: 0 }] }, 'record-size: weight: 0 is no number above 0'],
    [{ 'record-size': [{ size: 100, weight: -1 }] }, 'record-size: weight: -1 is no number above 0'],
    [{ 'record-size': { median: 100, most: 200 } }, 'record-size: {"median":100,"most":200} has no sigma'],
    [
      { 'record-size': { median: 100, sigma: 1, most: 200, least: 5 } },
      'record-size: "least" is no field of {"median":100,"sigma":1,"most":200,"least":5}: there are median, sigma, most',
    ],
    [
      { 'record-size': { median: '1KiB', sigma: 'wide', most: '64KiB' } },
      'record-size: sigma: "wide" is no number above 0',
    ],
    [
      { 'record-size': { median: '64KiB', sigma: 1, most: '1KiB' } },
      'record-size: median: 65536 is more than most, which is 1024',
    ],
    [
      { 'record-size': { median: 100, sigma: 1, most: '2MiB' } },
      'record-size: most: "2MiB" is more than 1048576',
    ],
    [
      {
        batch: 100,
        'record-size': [
          { size: 100, weight: 9 },
          { size: '64KiB', weight: 1 },
        ],
      },
      '100 records of 65536 bytes are 6554400 metered bytes, and a batch holds 1048576',
    ],
    [{ transport: 'grpc' }, 'transport: "grpc" is none of s2s, h2-proto, h2-json, h1-json'],
    [{ rate: 'fast' }, 'rate: "fast" is no rate: say 100, 5000records/s'],
    [{ rate: 0 }, 'rate: 0 begins nothing'],
    [{ rate: 'poisson 0' }, 'rate: "poisson 0" begins nothing'],
    [{ rate: 'burst 10 every 0s' }, 'rate: "burst 10 every 0s" needs a time above 0'],
    [{ rate: 'ramp 0..0 in 5s' }, 'rate: "ramp 0..0 in 5s" begins nothing'],
    [{ rate: 'ramp 1..2 in 0s' }, 'rate: "ramp 1..2 in 0s" needs a time above 0'],
    [{ rate: 'ramp 1.2.3..100 in 30s' }, 'rate: "1.2.3" is no rate'],
    [{ rate: '10000000k' }, 'rate: "10000000k" is not between'],
    [{ duration: '9'.repeat(400) }, 'is no time such as 10s'],
    [{ duration: '10 parsecs' }, 'duration: "10 parsecs" is no time such as 10s'],
    [{ duration: 0 }, 'duration: must be above 0'],
    [{ choice: 'random' }, 'choice: "random" is neither uniform nor zipf'],
    [{ choice: 'zipf 1.2.3' }, 'choice: "zipf 1.2.3" is neither uniform nor zipf'],
    [{ choice: 'zipf .' }, 'choice: "zipf ." is neither uniform nor zipf'],
    [{ choice: `zipf ${'9'.repeat(400)}` }, 'is neither uniform nor zipf'],
    [{ constructor: 5 }, '"constructor" is no field of a workload'],
    [{ compressible: 2 }, 'compressible: 2 is no part from 0 to 1'],
    [{ compressible: true }, 'compressible: true is no part from 0 to 1'],
    [{ compressible: '' }, 'compressible: "" is no part from 0 to 1'],
    [{ compressible: [0.5] }, 'compressible: [0.5] is no part from 0 to 1'],
    [{ streams: [5] }, 'streams: [5] is no whole number from 1 on'],
    [{ 'stream-window': ['64KiB'] }, 'stream-window: ["64KiB"] is no whole number'],
    [{ batch: [5] }, 'batch: [5] is no whole number from 1 on'],
    [
      { 'record-size': { median: [100], sigma: 1, most: 200 } },
      'record-size: median: [100] is no whole number',
    ],
    [
      { 'record-size': { median: 100, sigma: [1], most: 200 } },
      'record-size: sigma: [1] is no number above 0',
    ],
    [
      { 'record-size': { median: 100, sigma: 1, most: [200] } },
      'record-size: most: [200] is no whole number',
    ],
    [{ duration: ['10s'] }, 'duration: ["10s"] is no time such as 10s'],
    [{ rate: ['100'] }, 'rate: ["100"] is no rate: say 100'],
    [{ choice: ['zipf'] }, 'choice: ["zipf"] is neither uniform nor zipf'],
    [{ name: ['a', 'b'] }, 'name: ["a","b"] is no name'],
    [{ name: true }, 'name: true is no name'],
    [{ 'stream-window': 100 }, 'stream-window: 100 is no whole number from 65535 on'],
    [{ 'stream-window': '2GiB' }, 'stream-window: "2GiB" is more than 2147483647'],
    [{ 'connection-window': 2 ** 31 }, 'connection-window: 2147483648 is more than 2147483647'],
  ])('is refused for %j', (fields, message) => {
    expect(() => parse(fields)).toThrow(message)
  })
})

const PER = { records: 10, bytes: 10 * 1024 }

test.each([
  ['100', { kind: 'constant', perSecond: 100 }],
  ['2k/s', { kind: 'constant', perSecond: 2000 }],
  ['500records/s', { kind: 'constant', perSecond: 50 }],
  ['1MiB/s', { kind: 'constant', perSecond: 102.4 }],
  ['poisson 7', { kind: 'poisson', perSecond: 7 }],
  ['ramp 10..100 in 30s', { kind: 'ramp', from: 10, to: 100, seconds: 30 }],
  ['burst 100 every 5s', { kind: 'burst', size: 100, everySeconds: 5 }],
])('the rate %s', (text, rate) => {
  expect(parseRate(text, 'rate', PER)).toEqual(rate)
})

test.each([
  ['10', 10],
  ['500ms', 0.5],
  ['700ms', 0.7],
  ['1m30s', 90],
  ['2h', 7200],
])('the time %s', (text, seconds) => {
  expect(parseSeconds(text, 'duration')).toBe(seconds)
})

test.each([
  ['1000', 1000],
  ['64KiB', 65_536],
  ['16.1k', 16_100],
  ['2.01k', 2010],
  ['4.1m', 4_100_000],
  ['1.5KiB', 1536],
])('the amount %s', (text, amount) => {
  expect(parseAmount(text, 'streams')).toBe(amount)
})

test.each([
  [0.25, 0.25],
  ['0.25', 0.25],
  [' 1 ', 1],
  [1e-7, 1e-7],
])('so much can be compressed: %j', (given, expected) => {
  expect(parse({ compressible: given }).appends.compressible).toBe(expected)
})

test.each(['1.0001k', '0.1KiB', '1.5', '_', '1e3', '-1', '9007199254740993'])('%s is no amount', (text) => {
  expect(() => parseAmount(text, 'streams')).toThrow('is no whole number from 0 on')
})

describe('what is chosen', () => {
  test('has the same shape where all are alike, and all sizes of a range otherwise', () => {
    const alike = createShapes(parse({ batch: 3, 'record-size': 100 }).appends, createRandom(1))
    expect(alike()).toBe(alike())
    const ranged = createShapes(parse({ batch: '1..3', 'record-size': '40..42' }).appends, createRandom(1))
    const shapes = Array.from({ length: 500 }, ranged)
    expect(new Set(shapes.map((shape) => shape.length))).toEqual(new Set([1, 2, 3]))
    expect(new Set(shapes.flat())).toEqual(new Set([40, 41, 42]))
  })

  test('has sizes as often as their weights say', () => {
    const given = {
      batch: 1,
      'record-size': [
        { size: 100, weight: 9 },
        { size: '200..300', weight: 0.5 },
        { size: '64KiB', weight: 0.5 },
      ],
    }
    const { appends } = parse(given)
    const shapes = createShapes(appends, createRandom(2))
    const sizes = Array.from({ length: 20_000 }, shapes).flat()
    const part = (least: number, most: number): number =>
      sizes.filter((size) => size >= least && size <= most).length / sizes.length
    expect([part(100, 100), part(200, 300), part(65_536, 65_536)]).toEqual([
      expect.closeTo(0.9, 2),
      expect.closeTo(0.05, 2),
      expect.closeTo(0.05, 2),
    ])
    expect(meanOf(appends.recordBytes)).toBe(0.9 * 100 + 0.05 * 250 + 0.05 * 65_536)
    expect(createShapes(appends, createRandom(2))()).toEqual([sizes[0]])
  })

  test.each([
    ['1KiB', 1, '64KiB'],
    ['40', 0.5, '1KiB'],
    ['1KiB', 3, '2KiB'],
  ])('has log-normal sizes around %s with sigma %f up to %s', (median, sigma, most) => {
    const { appends } = parse({ batch: 1, 'record-size': { median, sigma, most } })
    const sizes = Array.from({ length: 20_000 }, createShapes(appends, createRandom(3))).flat()
    const middle = sizes.toSorted((one, other) => one - other)[10_000] ?? 0
    const { least, most: greatest } = appends.recordBytes
    expect(Math.abs(middle / parseAmount(median, '') - 1)).toBeLessThan(0.05)
    expect([least, sizes.every((size) => size >= 32 && size <= greatest && Number.isInteger(size))]).toEqual([
      32,
      true,
    ])
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    expect(Math.abs(mean / meanOf(appends.recordBytes) - 1)).toBeLessThan(0.03)
  })

  test('are all streams alike, or the first more often than the second by the law of Zipf', () => {
    const counts = (choice: 'uniform' | 'zipf'): number[] => {
      const choose = createChooser(parse({ choice }).appends.choice, 4, createRandom(9))
      const all = Array.from({ length: 20_000 }, choose)
      return [0, 1, 2, 3].map((stream) => all.filter((each) => each === stream).length / all.length)
    }
    for (const part of counts('uniform')) expect(part).toBeCloseTo(0.25, 1)
    const sum = 1 + 1 / 2 + 1 / 3 + 1 / 4
    counts('zipf').forEach((part, rank) => {
      expect(Math.abs(part - 1 / (rank + 1) / sum)).toBeLessThan(0.02)
    })
  })
})

test.each<[unknown, string]>([
  ['100..200', '10 x 100 B..200 B over s2s'],
  [
    [
      { size: 100, weight: 9 },
      { size: '1KiB..64KiB', weight: 1 },
    ],
    '10 x [90 % of 100 B, 10 % of 1 KiB..64 KiB] over s2s',
  ],
  [
    { median: '1KiB', sigma: 1.5, most: '64KiB' },
    '10 x [log-normal around 1 KiB, sigma 1.5, up to 64 KiB] over s2s',
  ],
])('record sizes %j are told as %s', (size, told) => {
  expect(describeWorkload(parse({ 'record-size': size }))).toContain(told)
})

test('what it will move is told before', () => {
  const fields = {
    rate: 100,
    duration: 8,
    warmup: 2,
    batch: 10,
    'record-size': 1000,
    readers: 3,
    'catch-up': 1,
  }
  expect(estimate(parse(fields), false)).toEqual({
    appends: 1000,
    appendedBytes: 10_000_000,
    readBytes: 40_000_000,
  })
  expect(estimate(parse({ closed: 4 }), false)).toEqual({
    appends: undefined,
    appendedBytes: undefined,
    readBytes: undefined,
  })
})

test('connections that carry one request at a time are many, unless it is said how many', () => {
  expect(parse({}).connections).toBe(1)
  expect(parse({ transport: 'h1-json' }).connections).toBe(64)
  expect(parse({ transport: 'h1-json', connections: 2 }).connections).toBe(2)
  expect(parse({}).connectionStreams).toBeUndefined()
  expect(parse({ 'connection-streams': 8 }).connectionStreams).toBe(8)
  expect(() => parse({ 'connection-streams': 0 })).toThrow('connection-streams')
})

test('a reader over SSE is not said to read what is compressed', () => {
  const { tail, catchUp } = parseWorkload({ 'read-compression': 'zstd', 'read-transport': 'sse' }, 'mixed')
  expect([tail.compression, catchUp.compression]).toEqual(['none', 'zstd'])
})
