import { howMany } from '../kit/text/how-many.ts'
import { detailsOf } from './fields.ts'
import { type Markup, markup } from './markup.ts'
import { areaOf, type RequirementResult, type RunResult } from './result.ts'

export const name = 'junit'
export const extension = '.xml'

/**
 * For CI systems: a suite for each area, a case for each row. What leaves the outcome open is an error, for CI shall not
 * be green where the exit code is not 0; what was not judged, or was expected, is skipped and says why.
 */
export function render(result: RunResult): string {
  const byArea = Map.groupBy(result.results, ({ id }) => areaOf(id))
  const titles = new Map(result.areas.map(({ id, title }) => [id, title]))
  const suites = [...byArea].map(([area, rows]) => suite(result, titles.get(area) ?? area, rows))
  const about = outcomeSuite(result)
  const all = [...suites, ...(about === undefined ? [] : [about])]
  const total = sumUp(all)
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${result.suite.name}" ${attributes(total)} time="${seconds(result.ms)}" timestamp="${result.started}">
${all.map(({ text }) => text)}</testsuites>
`.text
}

interface Counted {
  readonly text: Markup
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
}

function suite(result: RunResult, title: string, rows: readonly RequirementResult[]): Counted {
  const count = (...verdicts: readonly string[]): number =>
    rows.filter(({ verdict }) => verdicts.includes(verdict)).length
  const counts = {
    tests: rows.length,
    failures: count('fail'),
    errors: count('error', 'inconclusive'),
    skipped: count('expected', 'not-applicable', 'not-run', 'not-selected'),
  }
  const { target, seed, suite: by } = result
  const text = markup`  <testsuite name="${title}" ${attributes(counts)} time="${seconds(rows.reduce((sum, { ms }) => sum + ms, 0))}" timestamp="${result.started}">
    <properties>
      <property name="version" value="${by.version}"/>
      <property name="endpoint" value="${target.endpoint}"/>
      <property name="profile" value="${target.profile}"/>
      <property name="seed" value="${seed}"/>
    </properties>
${rows.map((row) => testcase(result, row))}  </testsuite>
`
  return { text, ...counts }
}

function testcase(result: RunResult, row: RequirementResult): Markup {
  return markup`    <testcase classname="${result.suite.name}.${areaOf(row.id)}" name="${row.id} ${row.title}" time="${seconds(row.ms)}">
${verdictOf(result, row)}${output(row)}    </testcase>
`
}

function verdictOf(result: RunResult, row: RequirementResult): Markup | undefined {
  const { verdict, reason = '', expectation } = row
  switch (verdict) {
    case 'pass':
    case 'warn':
      return undefined
    case 'fail':
      return markup`      <failure type="${row.level}" message="${reason}">${detailsOf(result, row)}</failure>
`
    case 'error':
    case 'inconclusive':
      return markup`      <error type="${verdict}" message="${reason}">${detailsOf(result, row)}</error>
`
    case 'expected':
      return markup`      <skipped message="expected: ${expectation ?? reason}">${detailsOf(result, row)}</skipped>
`
    default:
      return markup`      <skipped message="${verdict}: ${expectation ?? reason}"/>
`
  }
}

function output({ verdict, reason, observations, transcript = [] }: RequirementResult): Markup | undefined {
  const lines = [...(verdict === 'warn' ? [`warn: ${reason}`] : []), ...observations, ...transcript]
  return lines.length === 0
    ? undefined
    : markup`      <system-out>${lines.join('\n')}</system-out>
`
}

/** What the outcome hangs on and no row shows: expectations that are stale, and a run that did not reach its end. */
function outcomeSuite({ suite: by, stale, summary, outcome, notes }: RunResult): Counted | undefined {
  const isUnseen = outcome === 'inconclusive' && summary.error + summary.inconclusive === 0
  const isOpen = isUnseen || summary['not-run'] > 0
  const why = [`not run: ${howMany(summary['not-run'], 'rows')}`, ...notes].join('; ')
  const verdicts = [
    ...stale.map(
      (id) => markup`<failure type="stale" message="${id} passes: take it out of the expectations file"/>`,
    ),
    ...(isOpen ? [markup`<error type="inconclusive" message="${why}"/>`] : []),
  ]
  if (verdicts.length === 0) return undefined
  const counts = { tests: verdicts.length, failures: stale.length, errors: isOpen ? 1 : 0, skipped: 0 }
  const names = [...stale, 'the whole run']
  const text = markup`  <testsuite name="The run" ${attributes(counts)} time="0.000">
${verdicts.map(
  (verdict, index) => markup`    <testcase classname="${by.name}.run" name="${names[index]}" time="0.000">
      ${verdict}
    </testcase>
`,
)}  </testsuite>
`
  return { text, ...counts }
}

function sumUp(parts: readonly Counted[]): Omit<Counted, 'text'> {
  const sum = (key: 'tests' | 'failures' | 'errors' | 'skipped'): number =>
    parts.reduce((total, part) => total + part[key], 0)
  return { tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: sum('skipped') }
}

const attributes = ({ tests, failures, errors, skipped }: Omit<Counted, 'text'>): Markup =>
  markup`tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}"`

const seconds = (ms: number): string => (ms / 1000).toFixed(3)
