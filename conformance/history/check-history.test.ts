import { describe, expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import type { Anomaly } from './finding.ts'
import { type History, type Outcome, type Seen, trimBody } from './operation.ts'
import {
  acked,
  append,
  follow,
  history,
  inSession,
  type Line,
  log,
  read,
  records,
  trimming,
} from './testing/small-history.ts'

describe('refusals are judged, not believed', () => {
  const conditional = (condition: object, got: Outcome): History =>
    history(
      log('a', 't', 'b'),
      [1, 2, append('a'), acked(0, 1)],
      [3, 4, { action: 'append', bodies: [], fence: 't' }, acked(1, 2)],
      [5, 7, append('b'), acked(2, 3)],
      [6, 8, { action: 'append', bodies: ['c'], ...condition }, got],
    )
  test.each([
    [
      'a number that was current',
      { matchSeqNum: 1n },
      { outcome: 'seq-num-mismatch', actual: 2n },
      'linearizable',
    ],
    [
      'the number that was asked for',
      { matchSeqNum: 2n },
      { outcome: 'seq-num-mismatch', actual: 2n },
      'violated',
    ],
    [
      'a number that had passed',
      { matchSeqNum: 0n },
      { outcome: 'seq-num-mismatch', actual: 1n },
      'violated',
    ],
    [
      'a number inside a batch or beyond',
      { matchSeqNum: 0n },
      { outcome: 'seq-num-mismatch', actual: 4n },
      'violated',
    ],
    ['no condition was made', {}, { outcome: 'seq-num-mismatch', actual: 2n }, 'violated'],
    [
      'the token in force',
      { fencingToken: '' },
      { outcome: 'fencing-token-mismatch', actual: 't' },
      'linearizable',
    ],
    [
      'a token of the past',
      { fencingToken: 't' },
      { outcome: 'fencing-token-mismatch', actual: '' },
      'violated',
    ],
    [
      'a token of nobody',
      { fencingToken: '' },
      { outcome: 'fencing-token-mismatch', actual: 'x' },
      'violated',
    ],
  ] as const)('%s', (_name, condition, got, verdict) => {
    expect(checkHistory(conditional(condition, got)).verdict).toBe(verdict)
  })
})

describe('a read of a trimmed stream', () => {
  const trimmed = (...lines: readonly Line[]): History =>
    history(
      log('a', 'b', trimBody(2n), 'c'),
      [1, 2, append('a'), acked(0, 1)],
      [3, 6, trimming(2n, 'b'), acked(1, 3)],
      [7, 8, append('c'), acked(3, 4)],
      ...lines,
    )
  test.each<[string, Line, ...Anomaly[]]>([
    ['begins at the trim point', [9, 10, read(0), records(2, trimBody(2n), 'c')]],
    ['or before: a trim may take its time', [9, 10, read(0), records(1, 'b', trimBody(2n), 'c')]],
    ['begins late as soon as the trim was sent', [4, 5, read(0), records(2, trimBody(2n))]],
    ['but not before', [2, 2.5, read(0), records(2, trimBody(2n))], 'future-read'],
    ['nor beyond the trim point', [9, 10, read(0), records(3, 'c')], 'gap'],
    ['nor with a gap inside', [9, 10, read(0), records(2, 'c')], 'reorder'],
    ['nor without what follows', [9, 10, read(0), records(2, trimBody(2n))], 'stale-read'],
    ['a follower may find its place trimmed', [3, 9, follow(1), records(2, trimBody(2n))]],
    ['but skips nothing that is kept', [3, 9, follow(2), records(3, 'c')], 'follow-skip'],
  ])('%s', (_name, line, ...expected) => {
    const judgement = checkHistory(trimmed(line))
    const found = judgement.verdict === 'violated' ? judgement.findings.map(({ anomaly }) => anomaly) : []
    expect(found).toEqual(expected)
  })

  test('of which nothing is left may find nothing, but not before', () => {
    const emptied = (line: Line): History =>
      history(
        log('a', trimBody(9n), 'b'),
        [1, 2, trimming(9n, 'a'), acked(0, 2)],
        [3, 4, append('b'), acked(2, 3)],
        line,
      )
    const nothing: Outcome = { outcome: 'records', records: [], complete: true }
    expect(checkHistory(emptied([2, 4, read(0), nothing])).verdict).toBe('linearizable')
    expect(checkHistory(emptied([0, 0.5, read(0), nothing])).verdict).not.toBe('violated')
    expect(checkHistory(emptied([5, 6, read(0), nothing])).verdict).toBe('violated')
  })
})

describe('a session', () => {
  const refusedBehind = (actual: number): History =>
    history(
      log('a'),
      [1, 5, inSession('a'), acked(0, 1)],
      [2, 5, { ...inSession('b'), matchSeqNum: 9n }, { outcome: 'seq-num-mismatch', actual: BigInt(actual) }],
    )
  const both = (entries: readonly Seen[], first: Outcome, second: Outcome): History =>
    history(entries, [1, 5, inSession('a'), first], [2, 5, inSession('b'), second])
  test.each<[string, History, ...Anomaly[]]>([
    ['in order', both(log('a', 'b'), acked(0, 1), acked(1, 2))],
    ['out of order', both(log('b', 'a'), acked(1, 2), acked(0, 1)), 'reorder'],
    ['goes on after a refusal', both(log('b'), { outcome: 'failed' }, acked(0, 1)), 'session-hole'],
    ['ends with a refusal', both(log('a'), acked(0, 1), { outcome: 'failed' })],
    ['ends with one that knows what it sent before', refusedBehind(1)],
    ['is not refused for what it had changed itself', refusedBehind(0), 'wrong-precondition'],
  ])('%s', (_name, candidate, ...expected) => {
    const judgement = checkHistory(candidate)
    const found = judgement.verdict === 'violated' ? judgement.findings.map(({ anomaly }) => anomaly) : []
    expect(found).toEqual(expected)
  })
})

test('a trim is known by what stands before it', () => {
  const twice = history(
    log('a', trimBody(0n), 'b', trimBody(0n)),
    [1, 3, trimming(0n, 'a'), acked(0, 2)],
    [2, 4, trimming(0n, 'b'), acked(2, 4)],
  )
  expect(checkHistory(twice).verdict).toBe('linearizable')
  const torn = { ...twice, log: log('a', trimBody(0n), 'b', 'c') }
  expect(checkHistory(torn)).toMatchObject({ verdict: 'violated' })
})

test('a history in which nothing overlapped proves nothing', () => {
  expect(checkHistory(history(log('a'), [1, 2, append('a'), acked(0, 1)]))).toMatchObject({
    verdict: 'inconclusive',
  })
})
