import { isDeepStrictEqual } from 'node:util'
import { UsageError } from '../../kit/usage-error.ts'
import {
  type Culprit,
  type GeneratorFigures,
  LATENCY_NAMES,
  LOAD_VERDICTS,
  type LoadResult,
  type LoadVerdict,
  type WindowsFigures,
} from '../../reports/load/result.ts'
import { whatDiffers } from '../compare/same-workload.ts'
import { addCounts } from '../measure/add-counts.ts'
import { differentOf } from '../measure/batches.ts'
import { merge } from '../measure/counts.ts'
import { countsOf } from '../measure/decode-counts.ts'
import { latencyOf } from '../measure/latency.ts'
import { addAppends, addCatchUps, addIntegrity, addReads, addSeries } from './add-figures.ts'

/** What one machine, or several of them before, measured. */
export interface Part {
  /** What the user calls it: its file. */
  readonly name: string
  readonly result: LoadResult
}

/** Results that cannot be added; the message is one sentence for the user. */
export class MergeError extends UsageError {
  constructor(message: string) {
    super(message)
    this.name = 'MergeError'
  }
}

/**
 * What machines measured together that ran one workload at the same time, each with streams of its own. Histograms and
 * counts are added without loss, rates too; the verdicts are the worst of any. Loads that did not begin together are refused,
 * or with `anyStart` added up as doubtful.
 */
export function mergeResults(parts: readonly Part[], anyStart = false): LoadResult {
  const [first] = parts
  if (first === undefined || parts.length < 2)
    throw new MergeError('merge takes two results or more, as run --json writes them')
  for (const [index, part] of parts.entries()) refuseStrangers(first, part, parts.slice(0, index))
  const results = parts.map(({ result }) => result)
  const tail = addReads(results.flatMap((result) => result.tail ?? []))
  const catchUp = addCatchUps(results.flatMap((result) => result.catchUp ?? []))
  const readEndings = addCounts(results.map((result) => result.readEndings ?? {}))
  const server = joined(results.flatMap(({ target }) => target.server ?? []))
  const faults = results.flatMap((result) => result.faults ?? [])
  const doubts = apart(parts)
  if (doubts[0] !== undefined && !anyStart)
    throw new MergeError(`${doubts[0]}; --any-start adds them up all the same`)
  return {
    format: 's2-load',
    version: 1,
    tool: joined(results.map(({ tool }) => tool)),
    ...startOf(results),
    started: results.map(({ started }) => started).reduce((one, other) => (other < one ? other : one)),
    target: { label: joined(results.map(({ target }) => target.label)), ...(server !== '' && { server }) },
    machines: results.flatMap(({ machines }) => machines),
    workload: first.result.workload,
    summary: first.result.summary,
    verdict: worst([
      ...results.map(({ verdict }) => verdict),
      ...(doubts.length > 0 ? ['SUSPECT' as const] : []),
    ]),
    reasons: [
      ...parts.flatMap(({ name, result }) => result.reasons.map((why) => `${name}: ${why}`)),
      ...doubts,
    ],
    ...culpritsOf(results, doubts.length),
    interrupted: results.some(({ interrupted }) => interrupted),
    integrity: addIntegrity(parts),
    ...(faults.length > 0 && { faults }),
    appends: addAppends(results.map(({ appends }) => appends)),
    ...(tail !== undefined && { tail }),
    ...(catchUp !== undefined && { catchUp }),
    ...(Object.keys(readEndings).length > 0 && { readEndings }),
    latencies: addLatencies(results),
    series: addSeries(results.map(({ series }) => series)),
    generator: addGenerators(results.map(({ generator }) => generator)),
  }
}

function refuseStrangers(first: Part, part: Part, before: readonly Part[]): void {
  const difference = whatDiffers(first.result.workload, part.result.workload)
  if (difference !== undefined)
    throw new MergeError(`${first.name} and ${part.name} are of different workloads: ${difference}`)
  const twin = before.find(({ result }) => isDeepStrictEqual(result, part.result))
  if (twin !== undefined)
    throw new MergeError(`${twin.name} and ${part.name} are the same result, which would count twice`)
  const sibling = before.find(({ result }) => haveRunInCommon(result, part.result))
  if (sibling !== undefined)
    throw new MergeError(`${sibling.name} and ${part.name} have a run in common, which would count twice`)
}

/**
 * A result that was merged keeps the figures of every thread as they were, and no two threads fare alike to the last digit.
 * One that did nothing is like any other such.
 */
const haveRunInCommon = (one: LoadResult, other: LoadResult): boolean =>
  one.generator.threads.some(
    (thread) => thread.busy > 0 && other.generator.threads.some((each) => isDeepStrictEqual(each, thread)),
  )

/** Where all agreed on it. */
function startOf(results: readonly LoadResult[]): { readonly startAt?: string } {
  const agreed = new Set(results.map(({ startAt }) => startAt))
  const [startAt] = agreed
  return agreed.size === 1 && startAt !== undefined ? { startAt } : {}
}

/** Of the reasons of all, in their order; not where one does not say. */
function culpritsOf(results: readonly LoadResult[], doubts: number): Pick<LoadResult, 'reasonsOf'> {
  const known = results.flatMap(({ reasonsOf }) => reasonsOf ?? [])
  const reasonsOf = [...known, ...Array<Culprit>(doubts).fill('generator')]
  const isKnown = results.every(({ reasons, reasonsOf: of = [] }) => of.length === reasons.length)
  return isKnown && reasonsOf.length > 0 ? { reasonsOf } : {}
}

const worst = (verdicts: readonly LoadVerdict[]): LoadVerdict =>
  LOAD_VERDICTS.findLast((verdict) => verdicts.includes(verdict)) ?? 'INVALID'

/** They may begin this many seconds apart, or by this part of what was measured. */
const APART_SECONDS = 2
const APART_PART = 0.1

/** Rates of what was not made at the same time do not add up. */
function apart(parts: readonly Part[]): readonly string[] {
  const [first] = parts
  const other = parts.find(({ result }) => result.startAt !== first?.result.startAt)
  if (first !== undefined && other !== undefined)
    return [
      `${first.name} ${agreement(first)} and ${other.name} ${agreement(other)}: rates of loads that were not made together do not add up`,
    ]
  const begun = parts.map(({ name, result }) => ({ name, at: Date.parse(result.started) / 1000 }))
  const [earliest] = begun.toSorted((one, other) => one.at - other.at)
  const measured = Math.min(...parts.map(({ result }) => result.appends.seconds))
  const most = Math.max(APART_SECONDS, measured * APART_PART)
  return begun.flatMap(({ name, at }) =>
    earliest === undefined || at - earliest.at <= most
      ? []
      : [
          `${name} began ${(at - earliest.at).toFixed(1)} s after ${earliest.name}: rates of loads that were not made together do not add up`,
        ],
  )
}

const agreement = ({ result: { startAt } }: Part): string =>
  startAt === undefined ? 'was to begin at once' : `was to begin at ${startAt}`

const addLatencies = (results: readonly LoadResult[]): LoadResult['latencies'] =>
  Object.fromEntries(
    LATENCY_NAMES.flatMap((name) => {
      const different = results.reduce(
        (sum, { latencies, appends }) => sum + differentOf(name, latencies[name]?.count ?? 0, appends),
        0,
      )
      const latency = latencyOf(
        merge(results.flatMap(({ latencies }) => latencies[name] ?? []).map(countsOf)),
        different,
      )
      return latency === undefined ? [] : [[name, latency]]
    }),
  )

/** Of parts the worst: one machine that could not keep up is not made good by the others. */
const addGenerators = (all: readonly GeneratorFigures[]): GeneratorFigures => {
  const catchUpThreads = all.flatMap((each) => each.catchUpThreads ?? [])
  const [proxyThread] = all
    .flatMap((each) => each.proxyThread ?? [])
    .toSorted((one, other) => other.busy - one.busy)
  const stolen = all.flatMap((each) => each.stolen ?? [])
  return {
    ...worstWindows(all),
    threads: all.flatMap(({ threads }) => threads),
    ...(catchUpThreads.length > 0 && { catchUpThreads }),
    ...(proxyThread !== undefined && { proxyThread }),
    stalled: Math.max(...all.map(({ stalled }) => stalled)),
    machineBusy: Math.max(...all.map(({ machineBusy }) => machineBusy)),
    ...(stolen.length > 0 && { stolen: Math.max(...stolen) }),
  }
}

function worstWindows(all: readonly GeneratorFigures[]): Pick<GeneratorFigures, 'windows'> {
  const waited = ({ blocked }: WindowsFigures): number => blocked.byConnectionMs + blocked.byStreamMs
  const [worst] = all
    .flatMap(({ windows }) => windows ?? [])
    .toSorted((one, other) => waited(other) - waited(one))
  return worst === undefined ? {} : { windows: worst }
}

const joined = (texts: readonly string[]): string => [...new Set(texts)].join(', ')
