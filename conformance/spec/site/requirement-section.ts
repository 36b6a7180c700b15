import { type Markup, markup } from '../../../reports/markup.ts'
import type { Row } from '../../catalogue/row.ts'
import type { Excerpt } from '../source/check-texts.ts'
import { exampleBlock } from './example-block.ts'
import type { Facts } from './facts.ts'
import { inlineMarkdown, sourceBlock } from './markdown.ts'

/** One row: what it promises, where that is written, the rule, the check, and exchanges that show it. */
export function requirementSection(row: Row, facts: Facts): Markup {
  const { id, title, statement, level, tier } = row
  return markup`<section class="row" id="${id}" data-level="${level}" data-tier="${tier}">
<h3><a class="id" href="#${id}">${id}</a> ${inlineMarkdown(title)}</h3>
<p class="tags"><span class="tag">${level}</span> <span class="tag">${tier}</span> ${stateTag(row, facts)}${verdictTags(id, facts)}</p>
<p class="statement">${inlineMarkdown(statement)}</p>
${row.notes === undefined ? undefined : markup`<p class="note">${inlineMarkdown(row.notes)}</p>`}
${row.disputed === undefined ? undefined : markup`<p class="note"><b>Disputed.</b> ${inlineMarkdown(row.disputed)}</p>`}
${row.excluded === undefined ? undefined : markup`<p class="note"><b>Not tested.</b> ${inlineMarkdown(row.excluded)}</p>`}
${row.sameAs === undefined ? undefined : markup`<p class="note">Same as ${inlineMarkdown(row.sameAs)}.</p>`}
<p class="source">Source: ${inlineMarkdown(row.source)}</p>
${(facts.examplesOf.get(id) ?? []).map(exampleBlock)}
${(facts.rulesOf.get(id) ?? []).map((rule) => excerptBlock('Rule', rule))}
${sourcesOf('Check', facts.checkOf.get(id))}
${mutantList(facts.mutantsOf.get(id) ?? [])}
</section>
`
}

function stateTag({ id }: Row, { stateOf }: Facts): Markup {
  const state = stateOf.get(id) ?? 'planned'
  return markup`<span class="tag state-${state}">${state === 'same-as' ? 'same as another' : state}</span>`
}

const verdictTags = (id: string, { verdictsOf }: Facts): readonly Markup[] =>
  (verdictsOf.get(id) ?? []).map(
    ({ server, verdict }) => markup` <span class="tag verdict-${verdict}">${server}: ${verdict}</span>`,
  )

const sourcesOf = (what: string, excerpt: Excerpt | undefined): Markup | undefined =>
  excerpt === undefined ? undefined : excerptBlock(what, excerpt)

const excerptBlock = (what: string, { file, line, text }: Excerpt): Markup =>
  markup`<details><summary>${what} <span class="file">${file}:${line}</span></summary>${sourceBlock(text)}</details>
`

const mutantList = (mutants: readonly string[]): Markup | undefined =>
  mutants.length === 0
    ? undefined
    : markup`<details><summary>Mutants that it kills <span class="n">${mutants.length}</span></summary><p class="mutants">${mutants.map((name) => markup`<code>${name}</code> `)}</p></details>
`
