import type { ComparedRound, ComparedSide, LoadComparison } from '../../reports/load/comparison.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { LEAST_BLOCKS } from './compare-pools.ts'
import { comparedRound } from './compared-round.ts'
import { conclude, machineNotes } from './conclude.ts'
import { type Arena, type Gate, type GateRecord, type Phase, poolsOf, runGate } from './gate.ts'
import { judgeMetrics } from './judge-metrics.ts'
import type { Side } from './play-rounds.ts'
import { notCompared, requirements } from './requirements.ts'
import { CONFIDENCE } from './student.ts'

export interface Ab extends Omit<Gate, 'required'> {
  /** Names of metrics; undefined for the usual ones, as far as there are any of them. */
  readonly required: readonly string[] | undefined
  readonly allowSuspect: boolean
  readonly about: Pick<LoadComparison, 'tool' | 'started' | 'workload' | 'summary'>
  /** How each is launched. */
  readonly labels: Readonly<Record<Side, string>>
}

/** Plays all rounds and says what comes of them. Rejects with a sentence for the user. */
export async function compareLaunches(arena: Arena, ab: Ab): Promise<LoadComparison> {
  const { minEffect, seed, about, allowSuspect } = ab
  const wanted = requirements(ab.required)
  const record = await runGate(arena, { ...ab, required: wanted.names })
  const { noise, compare = [], confirm } = record.changes
  const metrics = judgeMetrics(
    {
      changes: compare,
      ...(noise !== undefined && { noise }),
      ...(confirm !== undefined && { rerun: confirm }),
    },
    { minEffect, required: wanted.names },
  )
  const compared = metrics.map(({ name }) => name)
  const pools = poolsOf(record.phases.compare?.pairs ?? [])
  const rounds = roundsOf(record)
  const isWhole = record.ended === 'whole'
  return {
    format: 's2-load-comparison',
    version: 1,
    ...about,
    base: sideOf(record, 'base', ab),
    head: sideOf(record, 'head', ab),
    blocks: 'launches of both servers, each with its pairs of rounds',
    minEffect,
    confidence: CONFIDENCE,
    seed,
    ...conclude({
      metrics,
      rounds,
      isInterrupted: record.ended === 'interrupted',
      isConfirmed: record.phases.confirm?.ended === 'whole',
      allowSuspect,
      isNoiseKnown: true,
      voids: [],
      doubts: isWhole ? [...tooFew(record), ...wanted.missing(compared, pools)] : [],
    }),
    notes: [...notCompared(compared, pools), ...machineNotes(rounds)],
    metrics,
    rounds,
  }
}

const PHASES: readonly Phase[] = ['noise', 'compare', 'confirm']

const roundsOf = ({ phases }: GateRecord): readonly ComparedRound[] =>
  PHASES.flatMap((phase) =>
    (phases[phase]?.rounds ?? []).map(({ side, launch, result }) => ({
      // Of the noise both sides are base.
      ...comparedRound(phase, phase === 'noise' ? 'base' : side, result),
      launch,
    })),
  )

function tooFew({ phases }: GateRecord): readonly string[] {
  return PHASES.flatMap((phase) => {
    const pairs = phases[phase]?.pairs
    const launches = pairs === undefined ? LEAST_BLOCKS : new Set(pairs.map(({ launch }) => launch)).size
    return launches < LEAST_BLOCKS
      ? [`${launches} launches are worth something (${phase}), and an interval needs ${LEAST_BLOCKS}`]
      : []
  })
}

function sideOf({ phases: { compare } }: GateRecord, side: Side, { labels }: Ab): ComparedSide {
  const results: readonly LoadResult[] = (compare?.pairs ?? []).map(({ [side]: result }) => result)
  const [first] = results
  const server = first?.target.server
  return {
    label: labels[side],
    ...(server !== undefined && { server }),
    machines: first?.machines ?? [],
    rounds: results.length,
  }
}
