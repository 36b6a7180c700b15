import { describe, expect, test } from 'vitest'
import { InconclusiveError } from '../../client/failures.ts'
import { demandOverlap, overlap, type Timed, timed } from './overlap.ts'

const operation = (client: number, from: number, to: number): Timed<string> => ({
  client,
  from,
  to,
  value: '',
})

describe('overlap', () => {
  test.each([
    ['one inside the other', operation(1, 0, 9), operation(2, 3, 4), true],
    ['one reaching into the other', operation(1, 0, 5), operation(2, 4, 9), true],
    ['one behind the other', operation(1, 0, 4), operation(2, 5, 9), false],
    ['one that begins as the other ends', operation(1, 0, 4), operation(2, 4, 9), false],
    ['two of one client', operation(1, 0, 9), operation(1, 3, 4), false],
  ])('%s', (_, one, other, expected) => {
    expect(overlap(one, other)).toBe(expected)
    expect(overlap(other, one)).toBe(expected)
  })
})

describe('demandOverlap', () => {
  test('records how many operations overlapped', () => {
    const observations: string[] = []
    const operations = [operation(1, 0, 5), operation(2, 4, 9), operation(1, 20, 30)]
    demandOverlap({ record: (observation) => void observations.push(observation) }, operations)
    expect(observations).toEqual(['2 of 3 operations overlapped that of another client'])
  })

  test.each([
    ['nothing was done', []],
    ['each waited for the one before', [operation(1, 0, 4), operation(2, 4, 9)]],
    ['a client overlapped itself alone', [operation(1, 0, 9), operation(1, 3, 4)]],
  ])('is inconclusive where %s', (_, operations) => {
    expect(() => demandOverlap({ record: () => {} }, operations)).toThrow(InconclusiveError)
  })
})

test('timed reads the clock before the operation begins and after it is done', async () => {
  let clock = 0
  const now = (): number => ++clock
  const work = async (): Promise<string> => {
    clock += 10
    return 'done'
  }
  expect(await timed({ now }, 7, work)).toEqual({ client: 7, from: 1, to: 12, value: 'done' })
})
