import { howMany } from '../kit/text/how-many.ts'
import { plainJson } from '../kit/text/plain.ts'
import { detailsOf } from './fields.ts'
import { isReproducible } from './reproduce.ts'
import { areaOf, type RequirementResult, type RunResult, type Verdict } from './result.ts'

export const name = 'ctrf'
export const extension = '.json'

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other'

const STATUS: Readonly<Record<Verdict, Status>> = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failed',
  error: 'other',
  inconclusive: 'other',
  'not-run': 'pending',
  expected: 'skipped',
  'not-applicable': 'skipped',
  'not-selected': 'skipped',
}

interface Test {
  readonly name: string
  readonly status: Status
  readonly rawStatus: string
  readonly duration: number
  readonly suite: readonly string[]
  readonly testId?: string
  readonly tags?: readonly string[]
  readonly message?: string
  readonly trace?: string
  readonly stdout?: readonly string[]
}

/**
 * Renders the Common Test Report Format (https://ctrf.io), which dashboards and CI tools of many languages read: a test for
 * each row, with its verdict as `rawStatus`, and one for each cause of the outcome that no row shows.
 */
export function render(result: RunResult): string {
  const titles = new Map(result.areas.map(({ id, title }) => [id, title]))
  const suiteOf = ({ id }: RequirementResult): string => titles.get(areaOf(id)) ?? areaOf(id)
  const tests: readonly Test[] = [
    ...result.results.map((row) => testOf(result, row, suiteOf(row))),
    ...testsOfRun(result),
  ]
  const { suite, target, seed, started, ms, outcome, notes } = result
  const start = Date.parse(started)
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: `${suite.name} ${suite.version}`,
    results: {
      tool: { name: suite.name, version: suite.version },
      summary: {
        tests: tests.length,
        ...countsOf(tests),
        start,
        stop: start + Math.round(ms),
        duration: Math.round(ms),
      },
      tests,
      environment: {
        healthy: outcome === 'conformant',
        extra: { endpoint: target.endpoint, profile: target.profile, seed: String(seed), outcome, notes },
      },
    },
  }
  return `${plainJson(JSON.stringify(report, undefined, 2))}\n`
}

function testOf(result: RunResult, row: RequirementResult, suite: string): Test {
  const { id, title, ms, verdict, level, tier, expectation, reason, transcript } = row
  const message = expectation ?? reason
  return {
    testId: id,
    name: `${id} ${title}`,
    suite: [result.suite.name, suite],
    status: STATUS[verdict],
    rawStatus: verdict,
    duration: Math.round(ms),
    tags: [level, tier],
    ...(message !== undefined && { message }),
    ...(isReproducible(row) && { trace: detailsOf(result, row) }),
    ...(transcript !== undefined && { stdout: transcript }),
  }
}

/** Returns what the outcome depends on and no row shows: expectations that are stale, and a run that did not reach its end. */
function testsOfRun({ suite, stale, summary, outcome, notes }: RunResult): readonly Test[] {
  const about = { suite: [suite.name, 'The run'], duration: 0 }
  const isUnseen = outcome === 'inconclusive' && summary.error + summary.inconclusive === 0
  const message = [`not run: ${howMany(summary['not-run'], 'rows')}`, ...notes].join('; ')
  return [
    ...stale.map((id) => ({
      ...about,
      name: `${id} in the expectations file`,
      status: 'failed' as const,
      rawStatus: 'stale',
      message: `${id} passes: remove it from the expectations file`,
    })),
    ...(isUnseen || summary['not-run'] > 0
      ? [
          {
            ...about,
            name: 'the whole run',
            status: 'other' as const,
            rawStatus: 'inconclusive',
            message,
          },
        ]
      : []),
  ]
}

function countsOf(tests: readonly Test[]): Readonly<Record<Status, number>> {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 }
  for (const { status } of tests) counts[status] += 1
  return counts
}
