import type { ComparedRound } from '../../reports/load/comparison.ts'
import { comparePools, type MetricChange } from './compare-pools.ts'
import { noiseOf } from './decide.ts'
import { type Criteria, judgeMetrics } from './judge-metrics.ts'
import { type Extent, type Played, playRounds, type Side, type Sides } from './play-rounds.ts'
import { type Pool, poolRounds } from './pool.ts'
import { addRounds, roundOf } from './round.ts'

export type Phase = ComparedRound['phase']

/** Who is started for which side, and for what. */
export interface Start {
  readonly base: Side
  readonly head: Side
  readonly phase: Phase
  /** Of its phase, counted from 0. */
  readonly number: number
}

/** Where rounds are played. */
export interface Arena {
  /** Brings both up, each of its own even where they are the same, has them used and takes them down again. */
  open<T>(start: Start, use: (sides: Sides) => Promise<T>): Promise<T>
}

export interface Gate extends Criteria {
  /** Of each side in each phase: the least, and the most where those are too noisy to tell. */
  readonly rounds: { readonly least: number; readonly most: number }
  readonly seed: number
  readonly interrupted: AbortSignal
  /** Called before each round, counted from 0. */
  onRound(phase: Phase, round: number): void
}

/** What came of the phases that were played. */
export interface GateRecord {
  readonly phases: Readonly<Partial<Record<Phase, Played>>>
  readonly changes: Readonly<Partial<Record<Phase, readonly MetricChange[]>>>
  readonly ended: Played['ended']
}

/** Base against itself, to see what no difference looks like here; base against head; and that again where something has regressed. */
export async function runGate(arena: Arena, gate: Gate): Promise<GateRecord> {
  const phases: Partial<Record<Phase, Played>> = {}
  const changes: Partial<Record<Phase, readonly MetricChange[]>> = {}
  const play = async (phase: Phase): Promise<Played['ended']> => {
    const isEnough: Extent['isEnough'] = (pairs) =>
      isTold(phase, { ...changes, [phase]: changesOf(pairs, gate.seed) }, gate)
    const played = await playPhase(arena, gate, phase, isEnough)
    phases[phase] = played
    changes[phase] = changesOf(played.pairs, gate.seed)
    return played.ended
  }
  const noise = await play('noise')
  if (noise !== 'whole') return { phases, changes, ended: noise }
  const compared = await play('compare')
  if (compared !== 'whole' || !hasRegressed(changes, gate)) return { phases, changes, ended: compared }
  return { phases, changes, ended: await play('confirm') }
}

const playPhase = (
  arena: Arena,
  { rounds, interrupted, onRound }: Gate,
  phase: Phase,
  isEnough: Extent['isEnough'],
): Promise<Played> =>
  playRounds(
    (number, use) =>
      arena.open({ base: 'base', head: phase === 'noise' ? 'base' : 'head', phase, number }, use),
    { ...rounds, isEnough },
    interrupted,
    (round) => onRound(phase, round),
  )

/**
 * Blocks of each side are its launches, and no single rounds: those of one launch have the launch in common, and however many
 * they are, they know of no other.
 */
export function poolsOf(pairs: Played['pairs']): Readonly<Record<Side, Pool>> {
  const launches = [...Map.groupBy(pairs, ({ launch }) => launch).values()]
  const pool = (side: Side): Pool =>
    poolRounds(launches.map((some) => addRounds(some.map(({ [side]: result }) => roundOf(result)))))
  return { base: pool('base'), head: pool('head') }
}

function changesOf(pairs: Played['pairs'], seed: number): readonly MetricChange[] {
  const { base, head } = poolsOf(pairs)
  return comparePools(base, head, { paired: true, seed })
}

/** Whether more rounds of this phase would say no more than those that were played. */
function isTold(phase: Phase, changes: GateRecord['changes'], criteria: Criteria): boolean {
  const { noise = [], confirm = [] } = changes
  const { minEffect, required } = criteria
  if (phase === 'noise')
    return noise.every(
      ({ metric, change }) => !required.includes(metric.name) || noiseOf(change) <= minEffect,
    )
  const judged = judgedOf(changes, criteria)
  if (phase === 'compare')
    // Where base differs from itself by more than what matters, only a large regression can be told, and that is told soon.
    return judged.every(
      ({ isRequired, decision, noise: own = 0 }) =>
        !isRequired || decision !== 'too-noisy' || own > minEffect,
    )
  const again = judgeMetrics({ changes: confirm }, criteria)
  const isOpen = new Set(again.flatMap(({ name, decision }) => (decision === 'too-noisy' ? [name] : [])))
  return judged.every(({ name, decision }) => decision !== 'regressed' || !isOpen.has(name))
}

const hasRegressed = (changes: GateRecord['changes'], criteria: Criteria): boolean =>
  judgedOf(changes, criteria).some(({ decision }) => decision === 'regressed')

/** Before anything was run again. */
const judgedOf = (
  { noise, compare = [] }: GateRecord['changes'],
  criteria: Criteria,
): ReturnType<typeof judgeMetrics> =>
  judgeMetrics({ changes: compare, ...(noise !== undefined && { noise }) }, criteria)
