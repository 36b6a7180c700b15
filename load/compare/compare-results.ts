import type { ComparedMetric, LoadComparison } from '../../reports/load/comparison.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { comparePools, LEAST_BLOCKS } from './compare-pools.ts'
import { comparedRound } from './compared-round.ts'
import { conclude } from './conclude.ts'
import { beyondChance } from './holm.ts'
import { type Criteria, judgeMetrics } from './judge-metrics.ts'
import { isWorth, type Side } from './play-rounds.ts'
import { type Pool, poolRounds } from './pool.ts'
import { poolSeries } from './pool-series.ts'
import { notCompared, requirements } from './requirements.ts'
import { roundOf } from './round.ts'
import { CONFIDENCE } from './student.ts'

export interface Compare {
  readonly tool: string
  readonly started: string
  readonly minEffect: number
  readonly seed: number
  readonly required: readonly string[] | undefined
  readonly allowSuspect: boolean
}

/** Finished results of one side, with a name for people. */
export interface Results {
  readonly label: string
  readonly results: readonly [LoadResult, ...LoadResult[]]
}

/** Compares existing results: several a side as rounds, one a side by its seconds. */
export function compareResults(base: Results, head: Results, options: Compare): LoadComparison {
  const { tool, started, minEffect, seed, allowSuspect } = options
  const isSingle = base.results.length === 1 && head.results.length === 1
  const pools = { base: poolOf(base, isSingle), head: poolOf(head, isSingle) }
  const wanted = requirements(options.required)
  const criteria = { minEffect, required: wanted.names, seed }
  const metrics = judgeFinished(pools, criteria, isSingle)
  const compared = metrics.map(({ name }) => name)
  const rounds = [...roundsOf('base', base), ...roundsOf('head', head)]
  const [{ workload, summary }] = base.results
  return {
    format: 's2-load-comparison',
    version: 1,
    tool,
    started,
    workload,
    summary,
    base: sideOf(base),
    head: sideOf(head),
    blocks: isSingle ? 'the seconds of one run a side' : 'runs',
    minEffect,
    confidence: CONFIDENCE,
    seed,
    ...conclude({
      metrics,
      rounds,
      isInterrupted: false,
      isConfirmed: !isSingle,
      allowSuspect,
      isNoiseKnown: false,
      voids: otherMachines(base, head),
      doubts: [...tooFew(pools, isSingle), ...wanted.missing(compared, pools)],
    }),
    notes: [...(isSingle ? [ONE_RUN] : []), ...notCompared(compared, pools)],
    metrics,
    rounds,
  }
}

/** Decides on results that are there and that nobody can run again. */
export function judgeFinished(
  { base, head }: Readonly<Record<Side, Pool>>,
  { seed, ...criteria }: Criteria & { readonly seed: number },
  isSingle: boolean,
): readonly ComparedMetric[] {
  const changes = comparePools(base, head, { paired: false, seed })
  // Of one run a side nothing is accused anyway.
  const judged = isSingle ? {} : { beyondChance: beyondChance(changes, Math.min(base.size, head.size)) }
  return judgeMetrics({ changes, ...judged }, criteria)
}

const ONE_RUN =
  'one run a side shows how evenly it went, and not how the next would have gone: what differs may be the run and not the server. Give several results a side, or use "ab"'

function poolOf({ results }: Results, isSingle: boolean): Pool {
  if (isSingle) return poolSeries(results[0].series)
  return poolRounds(results.filter(isWorth).map(roundOf))
}

function tooFew({ base, head }: Readonly<Record<Side, Pool>>, isSingle: boolean): readonly string[] {
  const least = Math.min(base.size, head.size)
  const what = isSingle ? 'seconds' : 'results a side'
  return least < LEAST_BLOCKS
    ? [`${least} ${what} are too few for an interval, which needs ${LEAST_BLOCKS}`]
    : []
}

/** The same load on another machine tells of the machine. */
function otherMachines(base: Results, head: Results): readonly string[] {
  const names = new Set(
    [...base.results, ...head.results].flatMap(({ machines }) =>
      machines.map(({ cpus, model }) => `${cpus} × ${model}`),
    ),
  )
  return names.size > 1 ? [`the results are of different machines: ${[...names].join('; ')}`] : []
}

const roundsOf = (side: Side, { results }: Results): LoadComparison['rounds'] =>
  results.map((result) => comparedRound('compare', side, result))

function sideOf({ label, results }: Results): LoadComparison['base'] {
  const [first] = results
  const { server } = first.target
  return {
    label,
    ...(server !== undefined && { server }),
    machines: first.machines,
    rounds: results.length,
  }
}
