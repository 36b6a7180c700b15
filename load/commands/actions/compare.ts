import { isDeepStrictEqual } from 'node:util'
import type { Given, Io } from '../../../kit/cli/command.ts'
import { reportToWorkflow } from '../../../kit/cli/github.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { VERSION } from '../../../kit/version.ts'
import { comparisonCiReport } from '../../../reports/load/ci-report.ts'
import type { LoadResult } from '../../../reports/load/result.ts'
import { compareResults, type Results } from '../../compare/compare-results.ts'
import { whatDiffers } from '../../compare/same-workload.ts'
import { comparisonFiles, readComparison, reportComparison } from '../comparison-output.ts'
import { readResult } from '../read-result.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const comparison = readComparison(given)
  const files = filesOf(given)
  const output = await comparisonFiles(given, io)
  const [base, head] = [await readSide(files.base), await readSide(files.head)]
  refuseTwins([...files.base, ...files.head], [...base.results, ...head.results])
  refuseOtherWorkloads(files, base, head)
  const tool = `s2-load ${VERSION}`
  const result = compareResults(base, head, { ...comparison, tool, started: new Date().toISOString() })
  await reportToWorkflow(result, comparisonCiReport, given, io)
  return await reportComparison(result, output, io)
}

type Files = readonly [string, ...string[]]

function filesOf(given: Given): { readonly base: Files; readonly head: Files } {
  const [base, head] = [[...given.all('base')], [...given.all('head')]]
  const { operands } = given
  if (operands.length > 0 && base.length + head.length > 0)
    throw new UsageError('give two files, or several a side with --base and --head, and not both')
  if (operands.length > 0 && operands.length !== 2)
    throw new UsageError(
      'two files are compared: BASE.json HEAD.json; several a side go with --base and --head',
    )
  const [firstBase, ...moreBase] = operands.length > 0 ? operands.slice(0, 1) : base
  const [firstHead, ...moreHead] = operands.length > 0 ? operands.slice(1) : head
  if (firstBase === undefined || firstHead === undefined)
    throw new UsageError('say which results to compare: BASE.json HEAD.json, or --base FILE and --head FILE')
  return { base: [firstBase, ...moreBase], head: [firstHead, ...moreHead] }
}

/** Throws `UsageError`. */
async function readSide([first, ...more]: Files): Promise<Results> {
  const files = [first, ...more]
  const results: Results['results'] = [await readResult(first), ...(await Promise.all(more.map(readResult)))]
  return { label: files.join(', '), results }
}

/** Throws `UsageError`. */
function refuseTwins(files: readonly string[], results: readonly LoadResult[]): void {
  for (const [at, result] of results.entries()) {
    const twin = results.findIndex((each) => isDeepStrictEqual(each, result))
    if (twin < at)
      throw new UsageError(`${files[twin]} and ${files[at]} are the same result, which would count twice`)
  }
}

/** Throws `UsageError`: numbers of different loads have nothing to say to each other. */
function refuseOtherWorkloads(
  files: { readonly base: Files; readonly head: Files },
  base: Results,
  head: Results,
): void {
  const paths = [...files.base, ...files.head]
  const [{ workload }] = base.results
  for (const [at, result] of [...base.results, ...head.results].entries()) {
    const differs = whatDiffers(workload, result.workload)
    if (differs !== undefined)
      throw new UsageError(`${files.base[0]} and ${paths[at]} are of different workloads: ${differs}`)
  }
}
