import { describe, expect, test } from 'vitest'
import { numbersIn } from './truth-child.ts'
import { besideLog, besideStall, isWithin } from './truth-compare.ts'
import { pressureTotal, stolenTicks } from './truth-disturbance.ts'
import { comparedLines, isBug } from './truth-lines.ts'
import { othersThan, parseStat } from './truth-others.ts'
import { offBy, type Pair, pairsOf, quantilesOf } from './truth-pairs.ts'

const PAIR: Pair = { responseUs: 0, loggedUs: 0, unseenUs: 0, lagUs: 0, thereUs: 0, lateUs: 0, backUs: 0 }

describe('a pair', () => {
  const traced = [{ writer: 0, index: 1, intendedUs: 100, sentUs: 110, endedUs: 2150 }]
  const answered = { lookedUs: 115, arrivedUs: 140, dueUs: 2100, writtenUs: 2120 }

  test('has both halves of one append by its number', () => {
    const other = { lookedUs: 0, arrivedUs: 1, dueUs: 2, writtenUs: 3 }
    expect(pairsOf(traced, [other, answered])).toEqual([
      { responseUs: 2050, loggedUs: 1980, unseenUs: 25, lagUs: 10, thereUs: 30, lateUs: 20, backUs: 30 },
    ])
  })

  test('without its other half is an error', () => {
    expect(() => pairsOf(traced, [answered])).toThrow('append 1 was measured')
    expect(() => pairsOf(traced, [answered, { ...answered, writtenUs: Number.NaN }])).toThrow('append 1')
  })

  test('is off by what lies beyond what the server can know', () => {
    const known = { ...PAIR, loggedUs: 2000, unseenUs: 500 }
    expect([1900, 2000, 2400, 2600].map((responseUs) => offBy({ ...known, responseUs }))).toEqual([
      100, 0, 0, 100,
    ])
  })
})

test('a quantile is the value that so many do not exceed', () => {
  const at = quantilesOf(Array.from({ length: 1000 }, (_none, index) => 1000 - index))
  expect([0, 0.5, 0.9, 0.999, 1].map(at)).toEqual([1, 500, 900, 999, 1000])
  expect(quantilesOf([])(0.5)).toBe(0)
})

describe('what was measured', () => {
  const log = (off: (index: number) => number) =>
    Array.from({ length: 10_000 }, (_none, index) => ({
      ...PAIR,
      loggedUs: 2000,
      responseUs: 2000 + off(index),
    }))
  const beside = (pairs: readonly Pair[]) =>
    besideLog(quantilesOf(pairs.map(({ responseUs }) => responseUs)), pairs).map(isWithin)

  test('is within a hundredth and 0.2 ms of the log, and in the tail within 1 ms', () => {
    expect(beside(log(() => 219))).toEqual([true, true, true, true])
    expect(beside(log(() => 221))).toEqual([false, false, true, true])
    expect(beside(log((index) => (index % 50 === 0 ? 1001 : 0)))).toEqual([true, true, false, false])
    expect(beside(log((index) => (index % 500 === 0 ? 1001 : 0)))).toEqual([true, true, true, false])
  })

  test('is not within where two errors make up for each other', () => {
    const pairs = Array.from({ length: 10_000 }, (_none, index) => ({
      ...PAIR,
      loggedUs: index % 2 === 0 ? 2000 : 4000,
      responseUs: index % 2 === 0 ? 4000 : 2000,
    }))
    expect(beside(pairs)).toEqual([false, false, false, false])
  })

  test('is within a hundredth and 0.2 ms of what is calculated of a stall', () => {
    const run = { seconds: 10, delayUs: 2000, stallUs: 1_000_000 }
    const truth = besideStall(() => 0, run)
    const far = (by: number) =>
      besideStall((quantile) => (truth.find((each) => each.quantile === quantile)?.truth ?? 0) + by, run)
    expect(far(220).map(isWithin)).toEqual([true, true, true, true])
    expect(far(9000).map(isWithin)).toEqual([false, false, true, true])
    expect(far(11_000).map(isWithin)).toEqual([false, false, false, false])
  })

  test('is called a bug where it is beyond and the run says that it is valid', () => {
    const compared = [{ quantile: 0.5, truth: 2000, measured: 3000, allowed: 220 }]
    const others = [{ command: 'node other.ts', used: 0.36 }]
    const disturbance = { pressure: 0.1, stolen: Number.NaN, others }
    const whole = { disturbance, pairs: [PAIR], planned: 1 }
    const valid = { ...whole, judged: { verdict: 'VALID', reasons: [] } } as const
    const suspect = { ...whole, judged: { verdict: 'SUSPECT', reasons: ['it was late'] } } as const
    expect([valid, suspect].map((run) => isBug(compared, run))).toEqual([true, false])
    expect(comparedLines(compared, valid).join('\n')).toContain(
      '1 of 1 measured, some BEYOND, and the run called itself VALID: A BUG',
    )
    const said = comparedLines(compared, suspect).join('\n')
    expect(said).toContain('some BEYOND; the run called itself SUSPECT\n    - it was late')
    expect(said).toContain('10 % of the time, and the host kept unknown')
    expect(said).toContain('36 % of a processor by node other.ts')
    const within = [{ quantile: 0.5, truth: 2000, measured: 2100, allowed: 220 }]
    expect([valid, { ...valid, planned: 2 }].map((run) => isBug(within, run))).toEqual([false, true])
  })
})

test('what Linux says of pressure and of a busy host is read', () => {
  expect(pressureTotal('some avg10=0.00 avg60=1.35 total=18511481257\nfull avg10=0.00 total=7\n')).toBe(
    18511481257,
  )
  expect(pressureTotal('')).toBeNaN()
  expect(stolenTicks('cpu  100 1 20 300 2 0 5 36 9 9\ncpu0 1 1 1 1\n')).toEqual({ stolen: 36, all: 464 })
  expect(stolenTicks('').stolen).toBeNaN()
})

test('a line without the numbers that it should have is refused', () => {
  expect(numbersIn('{"a":1,"b":2}', ['b', 'a'])).toEqual([2, 1])
  expect(() => numbersIn('{"a":"1"}', ['a'])).toThrow('no number a')
  expect(() => numbersIn('7', ['a'])).toThrow('no number a')
})

describe('who else used the processors', () => {
  test('is read of any name', () => {
    const rest = 'S 7 1 1 0 -1 4194560 5 0 0 0 30 12 0 0 20 0 1 0 99'
    expect(parseStat(`41 (a (b) c) ${rest}`)).toEqual({ pid: 41, parent: 7, ticks: 42 })
    expect(parseStat('')).toBeUndefined()
  })

  test('is none that this process has started, nor their children', () => {
    const usage = (pid: number, parent: number) => ({ pid, parent, ticks: 0 })
    const all = [usage(1, 0), usage(5, 1), usage(6, 5), usage(7, 6), usage(8, 1)]
    expect(othersThan(5, all).map(({ pid }) => pid)).toEqual([1, 8])
  })
})
