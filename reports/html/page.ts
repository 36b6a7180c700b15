import { type Markup, markup, raw } from '../markup.ts'
import type { RequirementResult, RunResult, Verdict } from '../result.ts'
import { allRows } from './all-rows.ts'
import { finding } from './finding.ts'
import { header } from './header.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { prose, verdictMark } from './words.ts'

/** Nothing is fetched, whatever stands in the report. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

export function page(result: RunResult): Markup {
  const title = `${result.outcome}: ${result.target.endpoint}`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>S2 ${title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
${header(result)}
<main>
${section(result, 'failures', 'What is wrong', OPEN)}
${section(result, 'soft', 'Worth a look', SOFT)}
${allRows(result)}
</main>
<footer>${result.suite.name} ${result.suite.version} · format ${result.format} · secrets are taken out</footer>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`
}

/** Worst first. */
const OPEN: readonly Verdict[] = ['fail', 'error', 'inconclusive']
const SOFT: readonly Verdict[] = ['warn', 'expected']

function section(
  result: RunResult,
  id: string,
  title: string,
  verdicts: readonly Verdict[],
): Markup | undefined {
  const rows = verdicts.flatMap((verdict) => result.results.filter((row) => row.verdict === verdict))
  if (rows.length === 0) return undefined
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <span class="n">${rows.length}</span></h2>
${rows.length < LISTED ? undefined : contents(rows)}
${rows.map((row: RequirementResult) => finding(result, row))}
</section>`
}

/** So many findings are listed before they are told. */
const LISTED = 4

const contents = (rows: readonly RequirementResult[]): Markup =>
  markup`<ol class="contents">${rows.map(
    ({ id, title, verdict }) =>
      markup`<li><a href="#${id}">${id}</a> ${prose(title)}${verdict === 'fail' ? undefined : markup` ${verdictMark(verdict)}`}</li>`,
  )}</ol>`
