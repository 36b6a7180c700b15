import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { ANOMALIES, type Anomaly } from './finding.ts'
import type { Action, History, Operation, Outcome, Seen } from './operation.ts'
import { bodiesOf, isAppend } from './placement.ts'
import { isLinearizable } from './wing-gong.ts'

const at = (seqNum: number, timestamp = seqNum * 10) => ({
  seqNum: BigInt(seqNum),
  timestamp: BigInt(timestamp),
})
const log = (...bodies: string[]): Seen[] => bodies.map((body, index) => ({ ...at(index), body }))

/** `[called, returned]`, what was done, what came; clients are told apart by their index. */
type Line = readonly [called: number, returned: number, did: Action, got: Outcome]
const history = (entries: readonly Seen[], ...lines: readonly Line[]): History => ({
  log: entries,
  operations: lines.map(([called, returned, did, got], id) => ({
    id,
    client: id,
    called,
    returned,
    did,
    got,
  })),
})

const append = (...bodies: string[]): Action => ({ action: 'append', bodies })
const acked = (start: number, end: number): Outcome => ({
  outcome: 'acked',
  start: at(start),
  end: at(end, (end - 1) * 10),
  tail: at(end, (end - 1) * 10),
})
const checkTail: Action = { action: 'check-tail' }
const tail = (seqNum: number): Outcome => ({
  outcome: 'tail',
  tail: at(seqNum, Math.max(0, (seqNum - 1) * 10)),
})
const read = (from: number, count = 100): Action => ({ action: 'read', from: BigInt(from), count })
const records = (from: number, ...bodies: string[]): Outcome => ({
  outcome: 'records',
  complete: true,
  records: bodies.map((body, index) => ({ ...at(from + index), body })),
})
const unknown: Outcome = { outcome: 'unknown' }
const NEVER = Number.POSITIVE_INFINITY

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
}

describe('each anomaly is found, and nothing in the nearest history without it', () => {
  for (const anomaly of Object.keys(ANOMALIES) as Anomaly[]) {
    test(anomaly, () => {
      const judgement = checkHistory(CASES[anomaly].with)
      expect(judgement.verdict).toBe('violated')
      expect(
        judgement.verdict === 'violated' && judgement.findings.map((finding) => finding.anomaly),
      ).toContain(anomaly)
      expect(checkHistory(CASES[anomaly].without)).toMatchObject({ verdict: 'linearizable' })
    })
  }
})

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

test('a history in which nothing overlapped proves nothing', () => {
  expect(checkHistory(history(log('a'), [1, 2, append('a'), acked(0, 1)]))).toMatchObject({
    verdict: 'inconclusive',
  })
})

describe('the pins agree with the search', () => {
  test('on valid and corrupted histories of up to seven operations', { timeout: 60_000 }, () => {
    let valid = 0
    let violated = 0
    fc.assert(
      fc.property(generated, (candidate) => {
        const judgement = checkHistory(candidate)
        const searched = isLinearizable(candidate)
        searched ? valid++ : violated++
        expect(
          judgement.verdict === 'violated',
          JSON.stringify(judgement, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
        ).toBe(!searched)
      }),
      { numRuns: 20_000 },
    )
    expect(valid).toBeGreaterThan(500)
    expect(violated).toBeGreaterThan(500)
  })
})

interface Step {
  readonly kind: number
  readonly size: number
  readonly offset: number
  readonly lead: number
  readonly lag: number
  readonly lost: boolean
}

const steps = fc.array(
  fc.record<Step>({
    kind: fc.nat(7),
    size: fc.integer({ min: 1, max: 3 }),
    offset: fc.nat(3),
    lead: fc.nat(25),
    lag: fc.nat(25),
    lost: fc.boolean(),
  }),
  { minLength: 2, maxLength: 7 },
)

/** Perfect clients of a perfect stream, one after another at times 10, 20, ...; then one answer or time is altered. */
const generated = fc
  .tuple(steps, fc.nat(6), fc.integer({ min: -2, max: 2 }), fc.boolean())
  .map(([list, which, shift, inTime]) => {
    const perfect = perform(list)
    const operations = perfect.operations.map((operation, index) =>
      index === which ? alter(operation, shift, inTime) : operation,
    )
    return { ...perfect, operations }
  })

function perform(list: readonly Step[]): History {
  const entries: Seen[] = []
  let token = ''
  const operations = list.map((step, id): Operation => {
    const when = 10 * (id + 1)
    const times = { called: when - step.lead, returned: when + step.lag }
    const did = action(step, id, entries.length, token)
    if (did.action !== 'append') return { id, client: id, ...times, did, got: observe(did, entries) }
    const refusal = refused(did, entries.length, token)
    if (refusal !== undefined) return { id, client: id, ...times, did, got: refusal }
    const operation = { id, client: id, ...times, did, got: unknown }
    const start = entries.length
    for (const body of isAppend(operation) ? bodiesOf(operation) : [])
      entries.push({ ...at(entries.length), body })
    token = did.fence ?? token
    return step.lost ? { ...operation, returned: NEVER } : { ...operation, got: acked(start, entries.length) }
  })
  return { operations, log: entries }
}

function action(step: Step, id: number, next: number, token: string): Action {
  const bodies = Array.from({ length: step.size }, (_, index) => `${id}.${index}`)
  switch (step.kind) {
    case 0:
      return { action: 'check-tail' }
    case 1:
      return { action: 'read', from: BigInt(Math.max(0, next - step.offset)), count: step.size }
    case 2:
      return { action: 'append', bodies, matchSeqNum: BigInt(Math.max(0, next - step.offset)) }
    case 3:
      return {
        action: 'append',
        bodies: [],
        fence: `f${id}`,
        ...(step.offset === 0 ? { fencingToken: token } : {}),
      }
    case 4:
      return { action: 'append', bodies, fencingToken: step.offset < 2 ? token : 'other' }
    default:
      return { action: 'append', bodies }
  }
}

function refused(
  did: Extract<Action, { action: 'append' }>,
  next: number,
  token: string,
): Outcome | undefined {
  if (did.fencingToken !== undefined && did.fencingToken !== token)
    return { outcome: 'fencing-token-mismatch', actual: token }
  if (did.matchSeqNum !== undefined && did.matchSeqNum !== BigInt(next))
    return { outcome: 'seq-num-mismatch', actual: BigInt(next) }
  return undefined
}

function observe(did: Action, entries: readonly Seen[]): Outcome {
  if (did.action !== 'read') return tail(entries.length)
  const there = entries.slice(Number(did.from), Number(did.from) + did.count)
  return there.length === 0
    ? { outcome: 'unwritten', tail: at(entries.length, Math.max(0, (entries.length - 1) * 10)) }
    : { outcome: 'records', complete: true, records: there }
}

function alter(operation: Operation, shift: number, inTime: boolean): Operation {
  const { got } = operation
  if (inTime)
    return {
      ...operation,
      called: operation.called + 12 * shift,
      returned: Math.max(operation.returned, operation.called) + 12 * shift,
    }
  const move = (seqNum: bigint): bigint => (seqNum + BigInt(shift) < 0n ? 0n : seqNum + BigInt(shift))
  const moved = (seqNum: bigint) => tail(Number(move(seqNum)))
  switch (got.outcome) {
    case 'tail':
      return { ...operation, got: moved(got.tail.seqNum) }
    case 'seq-num-mismatch':
      return { ...operation, got: { ...got, actual: move(got.actual) } }
    case 'fencing-token-mismatch':
      return { ...operation, got: { ...got, actual: shift > 0 ? 'other' : '' } }
    case 'records':
      return {
        ...operation,
        got: { ...got, records: got.records.slice(0, Math.max(1, got.records.length - Math.abs(shift))) },
      }
    default:
      return operation
  }
}
