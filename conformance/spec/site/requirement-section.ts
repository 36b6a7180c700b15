import { type Markup, markup, raw } from '../../../reports/markup.ts'
import type { Row } from '../../catalogue/row.ts'
import type { Excerpt } from '../source/check-texts.ts'
import { exampleBlock } from './example-block.ts'
import type { Facts } from './facts.ts'
import { inlineMarkdown } from './markdown.ts'
import { linkToRule, nameOfRule } from './rules.ts'
import { sourceMarkup } from './source-links.ts'
import { excerptText, linkToSource } from './source-pages.ts'

/** One row: its statement, its source, rule and check, and exchanges that show it. `shown` are the commands of its page. */
export function requirementSection(row: Row, facts: Facts, shown: Set<string>): Markup {
  const { id, title, statement, level, tier } = row
  return markup`<section class="row" id="${id}">
<h3><a class="id" href="#${id}">${id}</a> ${inlineMarkdown(title)}</h3>
<p class="tags"><span class="tag">${level}</span> <span class="tag">${tier}</span> ${stateTag(row, facts)}</p>
<p class="statement">${inlineMarkdown(statement)}</p>
${note('Note', row.notes)}${note('Disputed', row.disputed)}${note('Not tested', row.excluded)}${note('Same as', row.sameAs)}
<dl class="facts"><dt>Source</dt><dd>${sourceMarkup(row.source)}</dd>${verdicts(id, facts)}${ruleLinks(facts.rulesOf.get(id) ?? [])}${patternLinks(facts.patternsOf.get(id) ?? [])}</dl>
${(facts.examplesOf.get(id) ?? []).map((example) => exampleBlock(example, shown))}${checkBlock(facts.checkOf.get(id))}${mutantList(facts.mutantsOf.get(id) ?? [])}
</section>
`
}

const note = (label: string, text: string | undefined): Markup | undefined =>
  text === undefined
    ? undefined
    : markup`<p class="note${label === 'Disputed' ? ' disputed' : undefined}"><b>${label}:</b> ${inlineMarkdown(text)}</p>\n`

function stateTag(row: Row, { stateOf }: Facts): Markup {
  const state = stateOf.get(row.id) ?? 'planned'
  const disputed = markup`<span class="tag disputed-tag">disputed</span>`
  if (state === 'disputed') return disputed
  return markup`<span class="tag">${STATES[state] ?? state}</span>${row.disputed === undefined ? undefined : markup` ${disputed}`}`
}

const STATES: Readonly<Record<string, string>> = { 'same-as': 'same as another', excluded: 'not tested' }

function verdicts(id: string, { verdictsOf }: Facts): Markup | undefined {
  const all = verdictsOf.get(id) ?? []
  if (all.length === 0) return undefined
  return markup`<dt>Verdicts</dt><dd>${all.map(
    ({ server, verdict }, index) => markup`${index === 0 ? '' : ' · '}${server} ${verdictTag(verdict)}`,
  )}</dd>`
}

/** A verdict in its color, and in words. */
export const verdictTag = (verdict: string): Markup =>
  markup`<span class="verdict ${verdict}">${verdict.replace('-', ' ')}</span>`

const ruleLinks = (rules: readonly Excerpt[]): Markup | undefined =>
  rules.length === 0
    ? undefined
    : markup`<dt>${rules.length === 1 ? 'Rule' : 'Rules'}</dt><dd>${rules.map(
        (rule, index) =>
          markup`${index === 0 ? '' : ', '}<a href="#${linkToRule(rule)}"><code>${nameOfRule(rule)}</code></a>`,
      )}</dd>`

const patternLinks = (slugs: readonly string[]): Markup | undefined =>
  slugs.length === 0
    ? undefined
    : markup`<dt>${slugs.length === 1 ? 'Pattern' : 'Patterns'}</dt><dd>${slugs.map(
        (slug, index) =>
          markup`${index === 0 ? '' : ', '}<a href="${slug}.html">${slug.replaceAll('-', ' ')}</a>`,
      )}</dd>`

const checkBlock = (check: Excerpt | undefined): Markup | undefined =>
  check === undefined
    ? undefined
    : markup`<details><summary>Check</summary>${excerptText(check)}${sourceLine(check)}</details>
`

/** The link to where an excerpt stands in its file. */
export const sourceLine = ({ file, line }: Excerpt): Markup =>
  markup`<p class="omitted">In <a href="${raw(linkToSource({ file, line }))}">${file}:${line}</a></p>`

const mutantList = (mutants: readonly string[]): Markup | undefined =>
  mutants.length === 0
    ? undefined
    : markup`<details><summary>Mutants that it kills <span class="n">${mutants.length}</span></summary><p class="mutants">${mutants.map((name) => markup`<code>${name}</code> `)}</p></details>`
