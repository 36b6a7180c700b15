import { describe, expect, test } from 'vitest'
import { OPERATIONS } from '../access/operation.ts'
import {
  COUNTED_FOR_ACCOUNT,
  COUNTED_FOR_BASIN,
  combine,
  existedDuring,
  OLDEST_ENDED,
  seriesOf,
} from './usage.ts'

test('every operation is counted once: for the account, for a basin, or as an append or a read', () => {
  const counted: readonly string[] = [
    ...COUNTED_FOR_ACCOUNT,
    ...COUNTED_FOR_BASIN,
    'append',
    'trim',
    'fence',
    'read',
  ]
  expect(counted.toSorted()).toEqual(OPERATIONS.toSorted())
})

test('counts add up, and of ended streams the oldest counts', () => {
  expect(combine('read-bytes', 2, 3)).toBe(5)
  expect(combine(OLDEST_ENDED, 2, 3)).toBe(2)
})

test('a series has the minutes in which there was something', () => {
  const usage = [
    { minute: 60, counts: new Map([['read-bytes', 4]]) },
    { minute: 120, counts: new Map([['list-streams', 1]]) },
  ]
  expect([...seriesOf(usage, 'read-bytes')]).toEqual([[60, 4]])
})

describe('a stream was there in a range (CP-MET-032)', () => {
  test.each([
    { what: 'made before', made: 0, ended: undefined, is: true },
    { what: 'made within', made: 150, ended: undefined, is: true },
    { what: 'made at its end', made: 200, ended: undefined, is: false },
    { what: 'deleted in its first minute', made: 0, ended: 60, is: true },
    { what: 'deleted a minute before', made: 0, ended: 0, is: false },
    { what: 'deleted after', made: 0, ended: 600, is: true },
    { what: 'made and deleted after', made: 300, ended: 600, is: false },
  ])('$what: $is', ({ made, ended, is }) => {
    expect(existedDuring({ made, ended }, { start: 100, end: 200 })).toBe(is)
  })

  test('also in one without length', () => {
    expect(existedDuring({ made: 100, ended: undefined }, { start: 100, end: 100 })).toBe(true)
    expect(existedDuring({ made: 101, ended: undefined }, { start: 100, end: 100 })).toBe(false)
  })
})
