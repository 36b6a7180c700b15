import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareLogs } from './compare-logs.ts'
import { RunLog } from './run-log.ts'

const logOf = (...runs: readonly (readonly [index: number, count: number, seqNum: number])[]): RunLog => {
  const log = new RunLog()
  for (const run of runs) log.add(...run)
  return log
}

const found = (acked: RunLog, read: RunLog, sent = 1000, refused = logOf()): readonly string[] =>
  [...compareLogs({ stream: 's', writer: 1, acked, refused, read, sent })].map(
    ({ anomaly, seqNum }) => `${anomaly} at ${seqNum}`,
  )

describe('what was told beside what was read', () => {
  test.each<[string, RunLog, RunLog, readonly string[]]>([
    ['all of it', logOf([0, 10, 0]), logOf([0, 10, 0]), []],
    ['read in other runs', logOf([0, 10, 0]), logOf([0, 3, 0], [3, 7, 3]), []],
    ['more than was told', logOf([0, 10, 0]), logOf([0, 20, 0]), []],
    ['nothing', logOf([0, 10, 4]), logOf(), ['lost-append at 4']],
    ['the end is missing', logOf([0, 10, 0]), logOf([0, 7, 0]), ['lost-append at 7']],
    ['the beginning is missing', logOf([0, 10, 0]), logOf([3, 7, 3]), ['lost-append at 0']],
    ['the middle is missing', logOf([0, 10, 0]), logOf([0, 2, 0], [8, 2, 8]), ['lost-append at 2']],
    ['at another place', logOf([0, 10, 0]), logOf([0, 5, 0], [5, 5, 6]), ['wrong-ack at 5']],
  ])('%s', (_what, acked, read, anomalies) => {
    expect(found(acked, read)).toEqual(anomalies)
  })

  test('what was never sent', () => {
    expect(found(logOf([0, 2, 0]), logOf([0, 4, 0]), 3)).toEqual(['phantom at 3'])
  })

  test.each<[string, RunLog, RunLog, readonly string[]]>([
    ['and is not there', logOf([10, 10, 0]), logOf([0, 10, 0], [20, 5, 10]), []],
    ['and is there', logOf([10, 10, 0]), logOf([0, 20, 0]), ['phantom at 10']],
    ['and is there in part', logOf([10, 10, 0]), logOf([0, 10, 0], [15, 5, 30]), ['phantom at 30']],
    ['twice, of which the second is there', logOf([2, 2, 0], [8, 2, 0]), logOf([5, 5, 5]), ['phantom at 8']],
  ])('what was refused, %s', (_what, refused, read, anomalies) => {
    expect(found(logOf(), read, 1000, refused)).toEqual(anomalies)
  })

  test('agrees with a comparison record by record', () => {
    const place = fc.array(fc.option(fc.nat(40)), { maxLength: 30 })
    fc.assert(
      fc.property(place, place, (acked, read) => {
        const logs = [acked, read].map((places) => {
          const log = new RunLog()
          places.forEach((seqNum, index) => {
            if (seqNum !== null) log.add(index, 1, seqNum)
          })
          return log
        })
        const [ackedLog = new RunLog(), readLog = new RunLog()] = logs
        const isWrong = acked.some((seqNum, index) => seqNum !== null && (read[index] ?? null) !== seqNum)
        expect(found(ackedLog, readLog).length > 0).toBe(isWrong)
      }),
    )
  })

  test('costs one run for a writer that is alone', () => {
    const log = new RunLog()
    for (let batch = 0; batch < 100_000; batch++) log.add(batch * 10, 10, batch * 10)
    expect([...log]).toEqual([{ index: 0, count: 1_000_000, seqNum: 0 }])
    expect(log.bytes().length).toBeLessThan(8)
  })

  test('costs four bytes a batch for writers that take turns', () => {
    const log = new RunLog()
    for (let batch = 0; batch < 1000; batch++) log.add(batch * 10, 10, batch * 30)
    expect([...log][999]).toEqual({ index: 9990, count: 10, seqNum: 29_970 })
    expect(log.bytes().length).toBeLessThan(4000)
  })

  test('is kept whatever its numbers are', () => {
    const place = fc.nat(2 ** 50)
    const runs = fc.array(fc.tuple(fc.nat(2 ** 40), fc.integer({ min: 1, max: 2 ** 31 }), place), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(runs, (given) => {
        const log = new RunLog()
        const expected = given.map(([skipped, count, seqNum]) => {
          const index = log.end + skipped + 1
          log.add(index, count, seqNum)
          return { index, count, seqNum }
        })
        expect([...log]).toEqual(expected)
        // Also where it was looked at in the middle.
        log.add(log.end, 1, 3)
        expect([...log].at(-1)).toEqual({ index: log.end - 1, count: 1, seqNum: 3 })
      }),
    )
  })
})
