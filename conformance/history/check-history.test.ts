import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { ANOMALIES, type Anomaly } from './finding.ts'
import {
  type Action,
  type History,
  type Operation,
  type Outcome,
  type Request,
  type Seen,
  trimBody,
} from './operation.ts'
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
const inSession = (...bodies: string[]): Extract<Action, { action: 'append' }> => ({
  action: 'append',
  bodies,
  session: 's',
})
const trimming = (trim: bigint, ...bodies: string[]): Action => ({ action: 'append', bodies, trim })
const follow = (from: number): Action => ({ action: 'follow', from: BigInt(from) })
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

function action(step: Step, id: number, next: number, token: string): Request {
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
