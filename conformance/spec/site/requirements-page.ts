import { type Markup, markup } from '../../../reports/markup.ts'
import { areaTitles } from '../../catalogue/area-titles.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import type { Row } from '../../catalogue/row.ts'
import { linkTo } from './concepts.ts'
import { type Facts, SERVERS } from './facts.ts'
import { inlineMarkdown } from './markdown.ts'
import type { Page } from './page.ts'
import { verdictTag } from './requirement-section.ts'

/** Every requirement on one line, with filters. */
export function requirementsPage(facts: Facts): Page {
  const main = markup`<h1>All requirements</h1>
<p>Each requirement has an id that never changes meaning. Filter them here, or read them on the page of their concept.</p>
${filters(facts)}
<p id="shown" role="status">${catalogue.length} requirements</p>
<div class="table" tabindex="0" role="region" aria-label="Requirements"><table class="all"><thead><tr><th>Id</th><th>Requirement</th><th>Level</th><th>Tier</th><th>State</th>${SERVERS.map(({ short }) => markup`<th>${short}</th>`)}</tr></thead><tbody>
${catalogue.map((row) => line(row, facts))}</tbody></table></div>`
  return { slug: 'requirements', title: 'All requirements', main, scripts: ['requirements.js'] }
}

function filters({ stateOf }: Facts): Markup {
  const valuesOf = (key: 'level' | 'tier'): readonly string[] => [
    ...new Set(catalogue.map((row) => row[key])),
  ]
  const states = [
    ...new Set([...stateOf.values(), ...(catalogue.some((row) => row.disputed) ? ['disputed'] : [])]),
  ]
  return markup`<form class="filters" id="filters" hidden>
<label class="wide">Words, ids, error codes, fields<input name="q" type="search" autocomplete="off"></label>
${select(
  'area',
  'Area',
  areaTitles.map(({ id, title }) => [id, `${id}: ${title}`]),
)}
${select('level', 'Level', valuesOf('level').map(same))}
${select('tier', 'Tier', valuesOf('tier').map(same))}
${select('state', 'State', states.map(same))}
${SERVERS.map(({ key, short }) => select(key, short, VERDICTS.map(same)))}
<button type="reset">Reset</button>
</form>`
}

const VERDICTS = ['pass', 'expected', 'warn', 'fail', 'inconclusive', 'not-applicable', 'none']

const same = (value: string): readonly [string, string] => [value, value.replace('-', ' ')]

const select = (name: string, label: string, options: readonly (readonly [string, string])[]): Markup =>
  markup`<label>${label}<select name="${name}"><option value="">any</option>${options.map(([value, words]) => markup`<option value="${value}">${words}</option>`)}</select></label>`

function line(row: Row, { stateOf, verdictsOf }: Facts): Markup {
  const { id, area, level, tier, title } = row
  const state = row.disputed === undefined ? (stateOf.get(id) ?? 'planned') : 'disputed'
  const verdicts = SERVERS.map(({ key, server }) => {
    const found = verdictsOf.get(id)?.find((one) => one.server === server)
    return { key, verdict: found?.verdict ?? 'none' }
  })
  return markup`<tr data-id="${id}" data-area="${area}" data-level="${level}" data-tier="${tier}" data-state="${state}"${verdicts.map(({ key, verdict }) => markup` data-${key}="${verdict}"`)}><td><a class="id" href="${linkTo(id)}">${id}</a></td><td>${inlineMarkdown(title)}</td><td>${level}</td><td>${tier}</td><td>${state.replace('-', ' ')}</td>${verdicts.map(({ verdict }) => markup`<td>${verdict === 'none' ? '' : verdictTag(verdict)}</td>`)}</tr>
`
}
