import { WORDS } from '../counts.ts'
import { type Markup, markup } from '../markup.ts'
import { areaOf, type RequirementResult, type RunResult, type Verdict } from '../result.ts'
import { prose, seconds, verdictMark } from './words.ts'

/** Every row, by area, to be searched and filtered; what it says and what came of it unfolds. */
export function allRows(result: RunResult): Markup {
  const byArea = Map.groupBy(result.results, ({ id }) => areaOf(id))
  const known = result.areas.filter(({ id }) => byArea.has(id))
  const others = [...byArea.keys()].filter((id) => !known.some((area) => area.id === id))
  const areas = [...known, ...others.map((id) => ({ id, title: id }))]
  return markup`<section id="rows" aria-labelledby="rows-title">
<h2 id="rows-title">All rows <span class="n" id="shown" aria-live="polite">${result.results.length}</span></h2>
<form class="tools" role="search">
<input type="search" id="search" placeholder="Search ids, statements, reasons   ( / )" aria-label="Search rows" autocomplete="off" spellcheck="false">
<button type="button" id="reset" hidden>Show all</button>
</form>
<p id="none" hidden>No row has that.</p>
${areas.map(({ id, title }) => area(id, title, byArea.get(id) ?? []))}
</section>`
}

function area(id: string, title: string, rows: readonly RequirementResult[]): Markup {
  const bad = rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').length
  const counted = bad === 0 ? String(rows.length) : `${rows.length}, ${bad} failed`
  return markup`<div class="area" id="area-${id}">
<h3>${title} <span class="tag">${id}</span> <span class="n">${counted}</span></h3>
${rows.map(oneRow)}
</div>`
}

const IN_DETAIL: ReadonlySet<Verdict> = new Set<Verdict>([
  'fail',
  'error',
  'inconclusive',
  'warn',
  'expected',
])

function oneRow(row: RequirementResult): Markup {
  const { id, title, verdict, statement, reason, expectation, source, transports, level, tier } = row
  const why = expectation ?? reason
  return markup`<details class="row" data-id="${id}" data-verdict="${verdict}">
<summary>${verdictMark(verdict)}<span class="id">${id}</span><span class="title">${prose(title)}</span><span class="on">${transports.join(' ')}</span><span class="ms">${verdict.startsWith('not-') ? '' : seconds(row.ms)}</span></summary>
<div class="more"><p>${prose(statement)}</p>
${why === undefined ? undefined : markup`<p><b>${WORDS[verdict]}</b>: ${why}</p>`}
${row.observations.length === 0 ? undefined : markup`<ul class="seen">${row.observations.map((seen) => markup`<li>${seen}</li>`)}</ul>`}
<p class="source">${level}, ${tier} · ${prose(source)}${IN_DETAIL.has(verdict) ? markup` · <a href="#${id}">in detail</a>` : undefined}</p></div>
</details>`
}
