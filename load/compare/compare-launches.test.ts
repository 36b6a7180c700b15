import { describe, expect, test } from 'vitest'
import type { ComparedMetric, LoadComparison } from '../../reports/load/comparison.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { type Ab, compareLaunches } from './compare-launches.ts'
import type { Arena } from './gate.ts'
import {
  type FakeRound,
  fakeArena,
  fakeResult,
  refusingResult,
  violatedResult,
} from './testing/fake-arena.ts'

type Given = Pick<Ab, 'rounds'> & Partial<Pick<Ab, 'minEffect' | 'required' | 'allowSuspect' | 'interrupted'>>

const FOUR: Given = { rounds: { least: 4, most: 4 } }
const SIX: Given = { rounds: { least: 6, most: 6 } }

const compareIn = (arena: Arena, given: Given): Promise<LoadComparison> =>
  compareLaunches(arena, {
    minEffect: 0.05,
    seed: 1,
    required: undefined,
    allowSuspect: false,
    interrupted: new AbortController().signal,
    onRound() {},
    about: { tool: '', started: '', workload: {}, summary: '' },
    labels: { base: 'old', head: 'new' },
    ...given,
  })

interface Compared extends LoadComparison {
  readonly played: readonly FakeRound[]
}

/** The gate over rounds that are played by a function. */
async function compare(
  play: (round: FakeRound) => LoadResult | Promise<LoadResult>,
  given: Given = FOUR,
): Promise<Compared> {
  const { arena, played } = fakeArena(play)
  return { ...(await compareIn(arena, given)), played }
}

/** A server of which each round has a seed of its own, slowed in head. */
const servers =
  (slow: number) =>
  ({ phase, round, server }: FakeRound): LoadResult =>
    fakeResult(phase * 100 + round, server === 'head' ? slow : 1)

const metric = ({ metrics }: LoadComparison, name: string): ComparedMetric | undefined =>
  metrics.find((each) => each.name === name)

const roundsIn = (played: readonly FakeRound[], ...phases: readonly number[]): readonly number[] =>
  phases.map((phase) => played.filter((round) => round.phase === phase).length)

/** The outcome and all reasons as one text. */
const told = ({ outcome, reasons }: LoadComparison) => ({ outcome, why: reasons.join('; ') })

const SLEPT: Pick<LoadResult, 'verdict' | 'reasons'> = {
  verdict: 'INVALID',
  reasons: ['the generator slept'],
}

describe('rounds', () => {
  test('are of base against itself, then of base and head, in the order ABBA', async () => {
    const { outcome, reasons, played, base, head } = await compare(servers(1))
    expect(played.map(({ phase, server }) => `${phase}${server === 'base' ? 'a' : 'b'}`).join(' ')).toBe(
      '1a 1a 1a 1a 1a 1a 1a 1a 2a 2b 2b 2a 2a 2b 2b 2a',
    )
    expect(played.slice(0, 4).map(({ side }) => side)).toEqual(['base', 'head', 'head', 'base'])
    expect({ outcome, reasons }).toEqual({ outcome: 'no-regression', reasons: [] })
    expect([base, head]).toMatchObject([
      { label: 'old', server: 'server 1', rounds: 4 },
      { label: 'new', server: 'server 1', rounds: 4 },
    ])
  })

  test.each([
    [4, [0, 0, 1, 1, 2, 2, 3, 3]],
    [8, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]],
    [9, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4]],
  ])(
    'are of servers started anew every few pairs, of %i in four launches or more',
    async (pairs, launches) => {
      const { played } = await compare(servers(1), { rounds: { least: pairs, most: pairs } })
      for (const phase of [1, 2])
        expect(played.filter((round) => round.phase === phase).map(({ launch }) => launch)).toEqual(launches)
    },
  )

  test('are played again where something regressed', async () => {
    const compared = await compare(servers(1.2))
    expect(roundsIn(compared.played, 1, 2, 3)).toEqual([8, 8, 8])
    expect(compared.outcome).toBe('regression')
    const p50 = metric(compared, 'response-p50')
    expect(p50).toMatchObject({ isRequired: true, decision: 'regressed', rerun: { decision: 'regressed' } })
    for (const change of [p50?.change.value, p50?.rerun?.change.value]) {
      expect(change).toBeGreaterThan(0.16)
      expect(change).toBeLessThan(0.24)
    }
  })

  test('go on where that is too noisy to tell, and no longer than they must', async () => {
    /** Every second pair is off by a third in either direction, until there have been enough of them. */
    const uneasy =
      (until: number) =>
      ({ phase, round, side }: FakeRound): LoadResult => {
        const pair = Math.ceil(round / 2)
        const isOff = phase === 2 && side === 'head' && pair <= until
        return fakeResult(phase * 100 + round, isOff ? (pair % 2 === 0 ? 1.3 : 0.77) : 1)
      }
    const endOf = async (until: number): Promise<readonly unknown[]> => {
      const { played, outcome } = await compare(uneasy(until), { rounds: { least: 4, most: 16 } })
      return [...roundsIn(played, 1, 2), outcome]
    }
    expect(await endOf(0)).toEqual([8, 8, 'no-regression'])
    expect(await endOf(1)).toEqual([8, 32, 'too-noisy'])
    expect(await endOf(99)).toEqual([8, 32, 'too-noisy'])
  })

  test('do not go on to find no difference where base itself differs by more than what matters', async () => {
    const { played, outcome } = await compare(
      ({ phase, round, server }) =>
        fakeResult(phase * 100 + round, server === 'head' ? 1.04 : 1, phase === 1 ? 0.2 : 0.002),
      { rounds: { least: 4, most: 16 } },
    )
    expect(roundsIn(played, 1, 2)).toEqual([32, 8])
    expect(outcome).toBe('too-noisy')
  })

  test('end at once where a record was lost, with the evidence', async () => {
    const compared = await compare((round) =>
      round.phase === 2 && round.server === 'head' ? violatedResult(1) : servers(1)(round),
    )
    expect(roundsIn(compared.played, 2)).toEqual([2])
    expect(told(compared)).toEqual({
      outcome: 'violation',
      why: expect.stringContaining('gap at 7 of s: record 8 came after record 6'),
    })
  })

  test('that cannot be played end it with the reason', async () => {
    const compared = compare(() => Promise.reject(new Error('the target died')))
    await expect(compared).rejects.toThrow('the target died')
  })
})

describe('the outcome', () => {
  test('is a regression where head acknowledges nothing', async () => {
    const compared = await compare((round) =>
      round.server === 'head' ? refusingResult(round.round) : servers(1)(round),
    )
    expect(told(compared)).toEqual({
      outcome: 'regression',
      why: expect.stringMatching(/append-rate: regressed, .* -100 % .* again -100 %/),
    })
  })

  test('is open where the rerun does not show the same', async () => {
    const { outcome, played } = await compare((round) => servers(round.phase === 2 ? 1.2 : 1)(round))
    expect(played.length).toBe(24)
    expect(outcome).toBe('too-noisy')
  })

  test.each([[1], [3]])('accuses nobody where phase %i is worth nothing', async (phase) => {
    const { outcome } = await compare((round) => ({
      ...servers(1.2)(round),
      ...(round.phase === phase && SLEPT),
    }))
    expect(outcome).toBe('invalid')
  })

  test('does not mind what is faster', async () => {
    const compared = await compare(servers(0.8))
    expect(metric(compared, 'response-p50')?.decision).toBe('improved')
    expect(compared.outcome).toBe('no-regression')
  })

  test('is not mistaken about a regression smaller than what matters', async () => {
    expect((await compare(servers(1.2), { ...FOUR, minEffect: 0.3 })).outcome).toBe('no-regression')
  })

  test('is worth nothing where a round is, but for what was confirmed without it', async () => {
    const once =
      (slow: number) =>
      (round: FakeRound): LoadResult => ({
        ...servers(slow)(round),
        ...(round.phase === 2 && round.round === 3 && SLEPT),
      })
    const five: Given = { rounds: { least: 5, most: 5 } }
    expect(told(await compare(once(1), five))).toEqual({
      outcome: 'invalid',
      why: expect.stringContaining('the generator slept'),
    })
    expect((await compare(once(1.2), five)).outcome).toBe('regression')
    expect(told(await compare(once(1)))).toEqual({
      outcome: 'invalid',
      why: expect.stringContaining('3 launches are worth something'),
    })
  })

  /** A server that is so many times as slow, and whose rounds the generator itself doubts. */
  const doubtful =
    (slow: number) =>
    (round: FakeRound): LoadResult => ({
      ...servers(slow)(round),
      ...(round.server === 'head' && { verdict: 'SUSPECT', reasons: ['a long pause'] }),
    })

  test('is doubtful where most rounds of a side are, unless that is allowed', async () => {
    expect(told(await compare(doubtful(1)))).toEqual({
      outcome: 'invalid',
      why: expect.stringContaining('4 of 4 rounds of head are SUSPECT'),
    })
    expect((await compare(doubtful(1), { ...FOUR, allowSuspect: true })).outcome).toBe('no-regression')
  })

  test('accuses nobody where most rounds of a side are doubtful, unless that is allowed', async () => {
    expect(told(await compare(doubtful(1.2)))).toEqual({
      outcome: 'invalid',
      why: expect.stringContaining('8 of 8 rounds of head are SUSPECT: a long pause'),
    })
    expect((await compare(doubtful(1.2), { ...FOUR, allowSuspect: true })).outcome).toBe('regression')
  })

  test('is not doubtful for what others on the machine do to all rounds, which the A/A run shows', async () => {
    const crowded =
      (slow: number) =>
      (round: FakeRound): LoadResult => ({
        ...servers(slow)(round),
        ...{ verdict: 'SUSPECT', reasons: ['others use this machine'], sharedMachine: true },
      })
    const { outcome, notes } = await compare(crowded(1))
    expect(outcome).toBe('no-regression')
    expect(notes.join()).toContain('16 of 16 rounds are SUSPECT for what others did on this machine')
    expect((await compare(crowded(1.2))).outcome).toBe('regression')
  })

  test('hangs on metrics that were asked for, also where they are not there', async () => {
    const compared = await compare(servers(1), { ...FOUR, required: ['e2e-p50', 'append-rate'] })
    expect(told(compared)).toEqual({
      outcome: 'invalid',
      why: expect.stringContaining('e2e-p50 could not be told'),
    })
  })
})

describe('a gate that is interrupted', () => {
  test.each([
    [9, 4],
    [12, 5],
  ])('in round %i shows the %i pairs before it', async (at, pairs) => {
    const controller = new AbortController()
    const compared = await compare(
      (round) => {
        if (round.phase === 2 && round.round === at) controller.abort()
        return { ...servers(1)(round), interrupted: controller.signal.aborted }
      },
      { ...SIX, interrupted: controller.signal },
    )
    expect(compared.played.length).toBe(12 + at)
    expect(compared.head.rounds).toBe(pairs)
    expect(metric(compared, 'response-p50')?.decision).toBe('no-difference')
    expect(compared.outcome).toBe('interrupted')
  })

  test('while servers come up shows what was played before', async () => {
    const controller = new AbortController()
    const { arena } = fakeArena(servers(1))
    const breaking: Arena = {
      open(start, use) {
        if (start.phase !== 'compare' || start.number < 5) return arena.open(start, use)
        controller.abort()
        return Promise.reject(new Error('killed'))
      },
    }
    const { head, outcome } = await compareIn(breaking, { ...SIX, interrupted: controller.signal })
    expect({ rounds: head.rounds, outcome }).toEqual({ rounds: 5, outcome: 'interrupted' })
  })
})
