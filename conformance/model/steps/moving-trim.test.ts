import { describe, expect, test } from 'vitest'
import { record, trim } from '../../../client/records.ts'
import type { AppendRecord, ReadEnd } from '../../../proto/types.ts'
import { expectAppend, FRESH, type Oracle } from '../oracle.ts'
import { placeMovedTo } from './moving-trim.ts'

/** Of 18, 38, 18 and 18 bytes, and a command that trims the first three. */
const RECORDS: readonly AppendRecord[] = [
  record('0'.repeat(10)),
  record('1'.repeat(30)),
  record('2'.repeat(10)),
  record('3'.repeat(10)),
  trim(3n),
]

function oracleOf(records: readonly AppendRecord[]): Oracle {
  const expected = expectAppend(FRESH, { records }, 1n)
  if (!('after' in expected)) throw new Error('the append is refused')
  return expected.after
}

const oracle = oracleOf(RECORDS)

const moved = (end: Partial<ReadEnd>, ...numbers: readonly number[]): bigint | undefined =>
  placeMovedTo(
    oracle,
    0n,
    { seqNum: 0n },
    { wait: 0, ...end },
    oracle.records.filter(({ seqNum }) => numbers.includes(Number(seqNum))),
  )

describe('a session whose stream is trimmed under way', () => {
  test.each<[string, Partial<ReadEnd>, readonly number[], bigint | undefined]>([
    ['is trimmed behind it', {}, [0, 1, 2, 3, 4], 0n],
    ['leaves out what went meanwhile', {}, [0, 2, 3, 4], 2n],
    ['leaves out all of it', {}, [0, 3, 4], 3n],
    ['spends its bytes on what comes then', { bytes: 47n }, [0, 2], 2n],
    ['spends its count', { count: 2n }, [0, 3], 3n],
    ['leaves out nothing beyond the trim point', {}, [0, 4], undefined],
    ['does not end before its bounds', {}, [0, 3], undefined],
    ['goes not on beyond its bytes', { bytes: 47n }, [0, 2, 3], undefined],
    ['goes not on beyond its count', { count: 2n }, [0, 2, 3], undefined],
  ])('%s', (_what, end, numbers, place) => {
    expect(moved(end, ...numbers)).toBe(place)
  })
})
