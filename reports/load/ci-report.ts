import type { Annotation, CiReport } from '../../kit/cli/ci-report.ts'
import type { LoadComparison } from './comparison.ts'
import { comparisonToMarkdown } from './comparison-markdown.ts'
import { metricSentence, OUTCOME_WORDS } from './comparison-words.ts'
import * as markdown from './markdown.ts'
import type { LoadResult } from './result.ts'
import { integrityName, integrityWords, reasonsOf } from './words.ts'

/** Returns the report of a load: an error where records are not as acknowledged, a warning where figures are in doubt. */
export function loadCiReport(result: LoadResult): CiReport {
  const { verdict, integrity, appends } = result
  const records = integrityName(integrity)
  const broken: readonly Annotation[] =
    records === 'verified'
      ? []
      : [
          {
            level: records === 'violated' ? 'error' : 'warning',
            title: `Records ${records}`,
            message: integrityWords(integrity),
          },
        ]
  const doubtful: readonly Annotation[] =
    verdict === 'VALID'
      ? []
      : [
          {
            level: verdict === 'INVALID' ? 'error' : 'warning',
            title: `Load ${verdict}`,
            message: reasonsOf(result).join('\n'),
          },
        ]
  return {
    summary: markdown.render(result),
    annotations: [...broken, ...doubtful],
    outputs: {
      verdict,
      records,
      appends: String(appends.acked),
      'records-read': String(integrity.recordsRead),
    },
  }
}

/** Returns the report of a comparison: an error for each regression, a warning where it could not be decided. */
export function comparisonCiReport(comparison: LoadComparison): CiReport {
  const { outcome, metrics, reasons } = comparison
  const regressed = metrics.filter(({ decision }) => decision === 'regressed')
  const level = outcome === 'regression' || outcome === 'violation' ? 'error' : 'warning'
  const whole: Annotation = {
    level,
    title: `Load gate: ${outcome}`,
    message: [OUTCOME_WORDS[outcome], ...reasons].join('\n'),
  }
  const annotations = regressed.map(
    (metric): Annotation => ({
      level,
      title: metric.name,
      message: metricSentence(metric),
    }),
  )
  return {
    summary: comparisonToMarkdown(comparison),
    annotations: outcome === 'no-regression' ? [] : [whole, ...annotations.slice(0, 9)],
    outputs: {
      verdict: outcome,
      regressed: regressed.map(({ name }) => name).join(','),
    },
  }
}
