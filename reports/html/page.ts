import { type Markup, markup } from '../markup.ts'
import type { RequirementResult, RunResult, Verdict } from '../result.ts'
import { allRows } from './all-rows.ts'
import { htmlDocument } from './document.ts'
import { finding } from './finding.ts'
import { header } from './header.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { prose, verdictMark } from './words.ts'

export function page(result: RunResult): Markup {
  return htmlDocument({
    title: `S2 ${result.outcome}: ${result.target.endpoint}`,
    style: STYLE,
    script: SCRIPT,
    body: markup`${header(result)}
<main>
${section(result, 'failures', 'What is wrong', OPEN)}
${section(result, 'soft', 'Worth a look', SOFT)}
${allRows(result)}
</main>
<footer>${result.suite.name} ${result.suite.version} · format ${result.format} · secrets are taken out</footer>`,
  })
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
