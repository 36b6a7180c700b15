import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadEnd, ReadStart, SequencedRecord } from '../../../proto/types.ts'
import { isRefusal } from '../refusal.ts'
import { type Log, read } from './read.ts'

const record = (seqNum: number, timestamp: number): SequencedRecord => ({
  seqNum: BigInt(seqNum),
  timestamp: BigInt(timestamp),
  headers: [],
  body: new Uint8Array(12),
})

/** Sequence numbers 0 to 9, timestamps 100 to 1000; what is below `trimPoint` is gone. */
const log = (trimPoint = 0): Log => ({
  tail: { seqNum: 10n, timestamp: 1000n },
  records: Array.from({ length: 10 }, (_, index) => record(index, 100 * (index + 1))).slice(trimPoint),
})

const COUNT = { count: 99n }

test.each<{
  what: string
  of?: Log
  start: ReadStart
  end: ReadEnd
  seqNums: readonly bigint[]
  done: boolean
}>([
  { what: 'the last two (READ-018)', start: { tailOffset: 2n }, end: COUNT, seqNums: [8n, 9n], done: false },
  { what: 'to the tail (READ-004)', start: { seqNum: 7n }, end: COUNT, seqNums: [7n, 8n, 9n], done: false },
  {
    what: 'to a bound at the tail',
    start: { seqNum: 8n },
    end: { count: 2n },
    seqNums: [8n, 9n],
    done: true,
  },
  {
    what: 'from between two (READ-019)',
    start: { timestamp: 450n },
    end: { count: 2n },
    seqNums: [4n, 5n],
    done: true,
  },
  { what: 'one timestamp', start: { timestamp: 300n }, end: { until: 301n }, seqNums: [2n], done: true },
  { what: 'nothing between', start: { timestamp: 250n }, end: { until: 260n }, seqNums: [], done: true },
  {
    what: 'from below a trim (CMD-022)',
    of: log(7),
    start: { seqNum: 2n },
    end: { count: 2n },
    seqNums: [7n, 8n],
    done: true,
  },
  {
    what: 'from before a trim',
    of: log(7),
    start: { timestamp: 0n },
    end: { count: 1n },
    seqNums: [7n],
    done: true,
  },
  {
    what: 'nothing that is left (CMD-023)',
    of: log(10),
    start: { seqNum: 0n },
    end: COUNT,
    seqNums: [],
    done: false,
  },
])('reads $what, ended by a bound: $done', ({ of = log(), start, end, seqNums, done }) => {
  const outcome = read(of, start, end)
  if (isRefusal(outcome)) throw new Error('refused')
  expect([outcome.records.map(({ seqNum }) => seqNum), outcome.done]).toEqual([seqNums, done])
})

test('the first of several records with one timestamp is where it starts (READ-005)', () => {
  const records = [record(0, 100), record(1, 200), record(2, 200), record(3, 200)]
  const outcome = read({ tail: { seqNum: 4n, timestamp: 200n }, records }, { timestamp: 200n }, { count: 9n })
  expect(outcome).toMatchObject({ records: records.slice(1) })
})

test.each<ReadStart>([{ seqNum: 0n }, { seqNum: 10n }, { seqNum: 99n }, { timestamp: 1001n }, {}])(
  'a bound of zero is met wherever the read starts: %o (READ-023, READ-024)',
  (start) => {
    for (const end of [{ count: 0n }, { bytes: 0n }, { count: 0n, wait: 60 }]) {
      expect(read(log(), start, end)).toEqual({ records: [], done: true })
    }
  },
)

test('a timestamp that finds nothing is judged as the tail is (READ-015, READ-016)', () => {
  const { tail } = log()
  const empty = { tail: { seqNum: 0n, timestamp: 0n }, records: [] }
  const atTail = { records: [], done: false }
  expect(read(log(10), { timestamp: 500n }, { count: 9n })).toEqual({ refusal: 'unwritten', tail })
  expect(read(log(10), { timestamp: 500n }, { count: 9n, wait: 1 })).toEqual(atTail)
  expect(read(empty, { timestamp: 0n }, { count: 9n })).toEqual({ refusal: 'unwritten', tail: empty.tail })
  expect(read(empty, { timestamp: 0n }, {})).toEqual(atTail)
  expect(read(empty, { timestamp: 1n }, {})).toEqual({ refusal: 'unwritten', tail: empty.tail })
})

test('a wrong query is refused before the position is looked at (RTE-031, READ-003, READ-028)', () => {
  expect(read(log(), { seqNum: 99n, tailOffset: 0n }, { count: 1n })).toMatchObject({ code: 'invalid' })
  expect(read(log(), { timestamp: 2000n }, { until: 2000n })).toMatchObject({ code: 'invalid' })
  expect(read(log(), { seqNum: 99n }, { count: 1n })).toMatchObject({ refusal: 'unwritten' })
})

test('page after page, a reader meets every record once (READ-068)', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 }), fc.bigInt({ min: 1n, max: 4n }), (trimPoint, count) => {
      const seen: bigint[] = []
      let next = 0n
      for (;;) {
        const outcome = read(log(trimPoint), { seqNum: next }, { count })
        if (!('records' in outcome) || outcome.records.length === 0) break
        seen.push(...outcome.records.map(({ seqNum }) => seqNum))
        next = (seen.at(-1) ?? 0n) + 1n
      }
      expect(seen).toEqual(log(trimPoint).records.map(({ seqNum }) => seqNum))
    }),
  )
})
