import { EXIT, type Given, type Io } from '../../kit/cli/command.ts'
import { type OutputFiles, outputFiles } from '../../kit/cli/output-files.ts'
import { MAX_SEED } from '../../kit/cli/seed.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { toBencher, toGithubBenchmark, withKind } from '../../reports/load/benchmark-json.ts'
import type { ComparisonOutcome, LoadComparison } from '../../reports/load/comparison.ts'
import { comparisonToJunit } from '../../reports/load/comparison-junit.ts'
import { comparisonToMarkdown } from '../../reports/load/comparison-markdown.ts'
import { comparisonToText } from '../../reports/load/comparison-text.ts'
import { toJson } from '../../reports/to-json.ts'
import { METRICS, type MetricName } from '../compare/metric.ts'

export interface ComparisonGiven {
  readonly minEffect: number
  readonly seed: number
  readonly required: readonly MetricName[] | undefined
  readonly allowSuspect: boolean
}

/** What `COMPARISON_OPTIONS` say. Throws `UsageError`. */
export function readComparison(given: Given): ComparisonGiven {
  return {
    minEffect: minEffectOf(given.text('min-effect') ?? ''),
    seed: wholeNumber('--resample-seed', given.text('resample-seed') ?? '', 0, MAX_SEED),
    required: metricsOf(given.text('metrics')),
    allowSuspect: given.flag('allow-suspect'),
  }
}

function minEffectOf(text: string): number {
  const percent = /^\d+(\.\d+)?\s*%?$/.test(text) ? Number.parseFloat(text) : Number.NaN
  if (percent > 0 && percent <= 100) return percent / 100
  throw new UsageError(`--min-effect is percent above 0 and up to 100, such as 5, not "${text}"`)
}

const metricsOf = (text: string | undefined): readonly MetricName[] | undefined =>
  text?.split(',').map((name) => metricOf(name.trim()))

function metricOf(given: string): MetricName {
  const found = METRICS.find(({ name }) => name === given)
  if (found !== undefined) return found.name
  const known = METRICS.map(({ name }) => name).join(', ')
  throw new UsageError(`--metrics: there is no metric "${given}": there are ${known}`)
}

/** The files that were asked for. Throws `UsageError` for one that cannot be written. */
export async function comparisonFiles(
  given: Given,
  io: Pick<Io, 'unwritten'>,
): Promise<readonly OutputFiles<LoadComparison>[]> {
  const files = await outputFiles<LoadComparison>(
    given,
    's2-load',
    {
      json: toJson,
      junit: comparisonToJunit,
      markdown: comparisonToMarkdown,
      bencher: toBencher,
    },
    io,
  )
  return [files, await benchmarkFile(given, 'smaller', io), await benchmarkFile(given, 'bigger', io)]
}

/** The action takes one kind a file: what is given names two. */
const benchmarkFile = (
  given: Given,
  kind: 'smaller' | 'bigger',
  io: Pick<Io, 'unwritten'>,
): Promise<OutputFiles<LoadComparison>> =>
  outputFiles<LoadComparison>(
    { ...given, all: (name) => given.all(name).map((path) => withKind(path, kind)) },
    's2-load',
    { 'github-benchmark': (comparison) => toGithubBenchmark(comparison, kind) },
    io,
  )

/** Prints the comparison and writes what was asked for; the exit code is the outcome's. */
export async function reportComparison(
  comparison: LoadComparison,
  files: readonly OutputFiles<LoadComparison>[],
  io: Io,
): Promise<number> {
  io.out(comparisonToText(comparison))
  let isWritten = true
  for (const file of files) isWritten = (await file.write(comparison, io)) && isWritten
  return isWritten ? EXIT_CODES[comparison.outcome] : EXIT.inconclusive
}

/** 1 for what is to stop a merge, 3 for what nobody could tell. */
export const EXIT_CODES: Readonly<Record<ComparisonOutcome, number>> = {
  'no-regression': EXIT.conformant,
  regression: EXIT.notConformant,
  violation: EXIT.notConformant,
  'too-noisy': EXIT.inconclusive,
  invalid: EXIT.inconclusive,
  interrupted: EXIT.inconclusive,
}
