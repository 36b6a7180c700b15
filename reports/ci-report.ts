import type { Annotation, CiReport } from '../kit/cli/ci-report.ts'
import { sums, WORDS } from './counts.ts'
import * as markdown from './markdown.ts'
import type { RequirementResult, RunResult, Verdict } from './result.ts'

/** GitHub shows at most ten annotations of each level for a step. */
const MOST_ANNOTATIONS = 10

/** Returns the report of a conformance run: an annotation for each failed row, and the counts by verdict as outputs. */
export function conformanceCiReport(result: RunResult): CiReport {
  const { outcome, summary, stale, results } = result
  const of = (...verdicts: readonly Verdict[]): readonly Annotation[] =>
    results.filter(({ verdict }) => verdicts.includes(verdict)).map(annotationOf)
  const errors = [...of('fail', 'error'), ...stale.map(staleEntry)]
  const counts = Object.keys(WORDS).map((verdict) => [verdict, String(summary[verdict as Verdict])] as const)
  return {
    summary: markdown.render(result),
    annotations: [...limited(errors, 'error'), ...limited(of('inconclusive', 'warn'), 'warning')],
    outputs: { verdict: outcome, counts: sums(result), ...Object.fromEntries(counts) },
  }
}

function annotationOf({
  id,
  title,
  verdict,
  subject,
  reason,
  expected,
  actual,
}: RequirementResult): Annotation {
  const details = [
    subject ?? reason ?? title,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(actual === undefined ? [] : [`actual: ${actual}`]),
  ]
  return {
    level: verdict === 'fail' || verdict === 'error' ? 'error' : 'warning',
    title: `${id} ${title}`,
    message: details.join('\n'),
  }
}

const staleEntry = (id: string): Annotation => ({
  level: 'error',
  title: `${id} is stale`,
  message: `${id} passes: remove it from the expectations file`,
})

/** Returns at most the annotations that GitHub shows. The last one counts those that are left out. */
function limited(all: readonly Annotation[], level: Annotation['level']): readonly Annotation[] {
  if (all.length <= MOST_ANNOTATIONS) return all
  const shown = all.slice(0, MOST_ANNOTATIONS - 1)
  const title = `${all.length - shown.length} more`
  return [...shown, { level, title, message: `${title}: see the summary of the job` }]
}
