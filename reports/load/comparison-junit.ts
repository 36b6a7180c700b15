import { type Markup, markup } from '../markup.ts'
import type { ComparedMetric, LoadComparison } from './comparison.ts'
import { metricSentence, OUTCOME_WORDS } from './comparison-words.ts'

/**
 * For CI systems: a case for each metric, and one for the comparison as a whole, which fails or errs wherever the exit code
 * is not 0. A metric that need not be decided and is not is skipped.
 */
export function comparisonToJunit(comparison: LoadComparison): string {
  const { metrics, tool, started, base, head, minEffect } = comparison
  const cases = [outcomeCase(comparison), ...metrics.map((metric) => metricCase(comparison, metric))]
  const count = (kind: Case['kind']): number => cases.filter((each) => each.kind === kind).length
  const counts = markup`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="s2-load" ${counts}>
  <testsuite name="${comparison.summary}" ${counts} timestamp="${started}">
    <properties>
      <property name="tool" value="${tool}"/>
      <property name="base" value="${base.label}"/>
      <property name="head" value="${head.label}"/>
      <property name="minimum effect" value="${minEffect}"/>
    </properties>
${cases.map(({ text }) => text)}  </testsuite>
</testsuites>
`.text
}

interface Case {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped'
  readonly text: Markup
}

function outcomeCase({ outcome, reasons }: LoadComparison): Case {
  const kind =
    outcome === 'no-regression'
      ? 'passed'
      : outcome === 'regression' || outcome === 'violation'
        ? 'failure'
        : 'error'
  return testcase('outcome', kind, outcome, [OUTCOME_WORDS[outcome], ...reasons].join('\n'))
}

function metricCase({ outcome }: LoadComparison, metric: ComparedMetric): Case {
  return testcase(
    metric.name,
    kindOf(metric, outcome === 'regression'),
    metric.decision,
    metricSentence(metric),
  )
}

/** A regression that was not confirmed leaves the outcome open. */
function kindOf({ decision, isRequired }: ComparedMetric, isConfirmed: boolean): Case['kind'] {
  if (decision === 'regressed') return isConfirmed ? 'failure' : 'error'
  if (decision === 'too-noisy') return isRequired ? 'error' : 'skipped'
  return 'passed'
}

function testcase(name: string, kind: Case['kind'], type: string, message: string): Case {
  const [first = ''] = message.split('\n')
  const inner = {
    passed: markup`      <system-out>${message}</system-out>
`,
    failure: markup`      <failure type="${type}" message="${first}">${message}</failure>
`,
    error: markup`      <error type="${type}" message="${first}">${message}</error>
`,
    skipped: markup`      <skipped message="${first}"/>
`,
  }[kind]
  return {
    kind,
    text: markup`    <testcase classname="s2-load" name="${name}">
${inner}    </testcase>
`,
  }
}
