import { describe, expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { ANOMALIES, type Anomaly } from './finding.ts'
import { type History, trimBody } from './operation.ts'
import {
  acked,
  append,
  at,
  checkTail,
  follow,
  history,
  inSession,
  log,
  NEVER,
  read,
  records,
  tail,
  trimming,
  unknown,
} from './testing/small-history.ts'

/** The smallest history with each anomaly, and beside it the nearest one without. */
const CASES: Record<Anomaly, { with: History; without: History }> = {
  'lost-append': {
    with: history([], [1, 2, append('a'), acked(0, 1)]),
    without: history([], [1, NEVER, append('a'), unknown], [1, 2, checkTail, tail(0)]),
  },
  duplicate: {
    with: history(log('a', 'a'), [1, 2, append('a'), acked(0, 1)]),
    without: history(log('a'), [1, 3, append('a'), acked(0, 1)], [2, 4, checkTail, tail(1)]),
  },
  gap: {
    with: history([{ ...at(1), body: 'a' }], [1, 2, append('a'), unknown]),
    without: history([{ ...at(0), body: 'a' }], [1, NEVER, append('a'), unknown], [2, 3, checkTail, tail(0)]),
  },
  reorder: {
    with: history(log('b', 'a'), [1, 3, append('a'), acked(0, 1)], [2, 4, append('b'), acked(1, 2)]),
    without: history(log('a', 'b'), [1, 3, append('a'), acked(0, 1)], [2, 4, append('b'), acked(1, 2)]),
  },
  'torn-batch': {
    with: history(
      log('a', 'x', 'b'),
      [1, NEVER, append('a', 'b'), unknown],
      [2, 3, append('x'), acked(1, 2)],
    ),
    without: history(
      log('a', 'b', 'x'),
      [1, NEVER, append('a', 'b'), unknown],
      [2, 3, append('x'), acked(2, 3)],
    ),
  },
  phantom: {
    with: history(log('a', 'z'), [1, 3, append('a'), acked(0, 1)], [2, 4, checkTail, tail(1)]),
    without: history(log('a'), [1, 3, append('a'), acked(0, 1)], [2, 4, checkTail, tail(1)]),
  },
  'wrong-precondition': {
    with: history(
      log('a', 'b'),
      [1, 4, append('a'), acked(0, 1)],
      [2, 5, { action: 'append', bodies: ['b'], matchSeqNum: 0n }, acked(1, 2)],
    ),
    without: history(
      log('a', 'b'),
      [1, 4, append('a'), acked(0, 1)],
      [2, 5, { action: 'append', bodies: ['b'], matchSeqNum: 1n }, acked(1, 2)],
    ),
  },
  'fence-breach': {
    with: history(
      log('t', 'a'),
      [1, 4, { action: 'append', bodies: [], fence: 't' }, acked(0, 1)],
      [2, 5, { action: 'append', bodies: ['a'], fencingToken: '' }, acked(1, 2)],
    ),
    without: history(
      log('t', 'a'),
      [1, 4, { action: 'append', bodies: [], fence: 't' }, acked(0, 1)],
      [2, 5, { action: 'append', bodies: ['a'], fencingToken: 't' }, acked(1, 2)],
    ),
  },
  'stale-read': {
    with: history(
      log('a', 'b'),
      [1, 2, append('a'), acked(0, 1)],
      [2, 3, append('b'), acked(1, 2)],
      [4, 5, read(0), records(0, 'a')],
    ),
    without: history(
      log('a', 'b'),
      [1, 2, append('a'), acked(0, 1)],
      [2, 4, append('b'), acked(1, 2)],
      [4, 5, read(0), records(0, 'a')],
    ),
  },
  'stale-tail': {
    with: history(log('a'), [1, 2, append('a'), acked(0, 1)], [3, 4, checkTail, tail(0)]),
    without: history(log('a'), [1, 3, append('a'), acked(0, 1)], [3, 4, checkTail, tail(0)]),
  },
  'tail-regression': {
    with: history(
      log('a'),
      [1, 9, append('a'), acked(0, 1)],
      [2, 3, checkTail, tail(1)],
      [4, 5, checkTail, tail(0)],
    ),
    without: history(
      log('a'),
      [1, 9, append('a'), acked(0, 1)],
      [2, 5, checkTail, tail(1)],
      [4, 5, checkTail, tail(0)],
    ),
  },
  'future-read': {
    with: history(log('a'), [1, 2, read(0), records(0, 'a')], [3, 4, append('a'), acked(0, 1)]),
    without: history(log('a'), [1, 3, read(0), records(0, 'a')], [3, 4, append('a'), acked(0, 1)]),
  },
  'timestamp-regression': {
    with: history(
      [
        { ...at(0, 9), body: 'a' },
        { ...at(1, 8), body: 'b' },
      ],
      [1, 2, append('a', 'b'), unknown],
    ),
    without: history(
      [
        { ...at(0, 9), body: 'a' },
        { ...at(1, 9), body: 'b' },
      ],
      [1, NEVER, append('a', 'b'), unknown],
      [1, 2, checkTail, tail(0)],
    ),
  },
  'session-hole': {
    with: history(
      log('b'),
      [1, NEVER, inSession('a'), unknown],
      [2, NEVER, inSession('b'), unknown],
      [3, 4, checkTail, tail(0)],
    ),
    without: history(
      log('a'),
      [1, NEVER, inSession('a'), unknown],
      [2, NEVER, inSession('b'), unknown],
      [3, 4, checkTail, tail(0)],
    ),
  },
  'follow-skip': {
    with: history(log('a', 'b'), [1, 2, append('a', 'b'), acked(0, 2)], [1, 3, follow(0), records(1, 'b')]),
    without: history(
      log('a', 'b'),
      [1, 2, append('a', 'b'), acked(0, 2)],
      [1, 3, follow(1), records(1, 'b')],
    ),
  },
  'trim-resurrection': {
    with: history(
      log('a', 'b', trimBody(1n)),
      [1, 2, trimming(1n, 'a', 'b'), acked(0, 3)],
      [3, 5, read(0), records(1, 'b', trimBody(1n))],
      [6, 8, read(0), records(0, 'a', 'b', trimBody(1n))],
      [7, 9, checkTail, tail(3)],
    ),
    without: history(
      log('a', 'b', trimBody(1n)),
      [1, 2, trimming(1n, 'a', 'b'), acked(0, 3)],
      [3, 7, read(0), records(1, 'b', trimBody(1n))],
      [6, 8, read(0), records(0, 'a', 'b', trimBody(1n))],
    ),
  },
  overrun: {
    with: history(
      log('a', 'b'),
      [1, 3, append('a', 'b'), acked(0, 2)],
      [2, 4, read(0, 1), records(0, 'a', 'b')],
    ),
    without: history(
      log('a', 'b'),
      [1, 3, append('a', 'b'), acked(0, 2)],
      [2, 4, read(0, 1), records(0, 'a')],
    ),
  },
}

describe('each anomaly is found, and nothing in the nearest history without it', () => {
  for (const anomaly of Object.keys(ANOMALIES) as Anomaly[]) {
    test(anomaly, () => {
      const judgement = checkHistory(CASES[anomaly].with)
      expect(judgement.verdict).toBe('violated')
      expect(
        judgement.verdict === 'violated' && judgement.findings.map((finding) => finding.anomaly),
      ).toContain(anomaly)
      expect(checkHistory(CASES[anomaly].without)).not.toMatchObject({ verdict: 'violated' })
    })
  }
})
