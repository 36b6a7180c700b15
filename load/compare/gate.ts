import type { ComparedRound } from '../../reports/load/comparison.ts'
import { comparePools, type MetricChange } from './compare-pools.ts'
import { type Criteria, judgeMetrics } from './judge-metrics.ts'
import { type Played, playRounds, type Side, type Sides } from './play-rounds.ts'
import { poolRounds } from './pool.ts'
import { roundOf } from './round.ts'

export type Phase = ComparedRound['phase']

/** Where rounds are played. */
export interface Arena {
  /** Brings both up, each of its own even where they are the same, has them used and takes them down again. */
  open<T>(sides: { readonly base: Side; readonly head: Side }, use: (sides: Sides) => Promise<T>): Promise<T>
}

export interface Gate extends Criteria {
  /** Of each side in each phase. */
  readonly rounds: number
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

/**
 * Base against itself, to see what no difference looks like here; base against head; and that again, on servers started
 * afresh, where something has regressed.
 */
export async function runGate(arena: Arena, gate: Gate): Promise<GateRecord> {
  const phases: Partial<Record<Phase, Played>> = {}
  const changes: Partial<Record<Phase, readonly MetricChange[]>> = {}
  const play = async (phase: Phase): Promise<Played['ended']> => {
    const played = await playPhase(arena, gate, phase)
    phases[phase] = played
    changes[phase] = changesOf(played, gate.seed)
    return played.ended
  }
  const noise = await play('noise')
  if (noise !== 'whole') return { phases, changes, ended: noise }
  const compared = await play('compare')
  if (compared !== 'whole' || !hasRegressed(changes, gate)) return { phases, changes, ended: compared }
  return { phases, changes, ended: await play('confirm') }
}

async function playPhase(arena: Arena, gate: Gate, phase: Phase): Promise<Played> {
  const sides = { base: 'base', head: phase === 'noise' ? 'base' : 'head' } as const
  try {
    return await arena.open(sides, (players) =>
      playRounds(players, gate.rounds, gate.interrupted, (round) => gate.onRound(phase, round)),
    )
  } catch (error) {
    // Interrupted while the servers came up or went down.
    if (gate.interrupted.aborted) return { rounds: [], pairs: [], ended: 'interrupted' }
    throw error
  }
}

function changesOf({ pairs }: Played, seed: number): readonly MetricChange[] {
  const pool = (side: Side) => poolRounds(pairs.map(({ [side]: result }) => roundOf(result)))
  return comparePools(pool('base'), pool('head'), { paired: true, seed })
}

function hasRegressed({ noise, compare = [] }: GateRecord['changes'], criteria: Criteria): boolean {
  const judged = judgeMetrics({ changes: compare, ...(noise !== undefined && { noise }) }, criteria)
  return judged.some(({ decision }) => decision === 'regressed')
}
