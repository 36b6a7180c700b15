import { type Markup, markup } from '../../../reports/markup.ts'
import type { Row } from '../../catalogue/row.ts'
import { PATTERN_SLUGS } from '../patterns/slugs.ts'
import type { ConceptText } from './concept-texts.ts'
import { CONCEPTS, rowsOn } from './concepts.ts'
import type { Facts } from './facts.ts'
import { contentsOf, markdown } from './markdown.ts'
import type { Page } from './page.ts'
import { requirementSection } from './requirement-section.ts'
import { rulesOn } from './rules.ts'
import { rulesSection } from './rules-section.ts'

type Texts = ReadonlyMap<string, ConceptText>

/** The explanation of a concept, its requirements and the rules that decide them. */
export function conceptPage(slug: string, number: number, texts: Texts, facts: Facts): Page {
  const { title, body } = textOf(slug, texts)
  const rows = rowsOn(slug)
  const rules = rulesOn(rows, facts)
  const shown = new Set<string>()
  const main = markup`<p class="eyebrow">Page ${number} of ${CONCEPTS.length}</p>
<h1>${title}</h1>
${markdown(body)}
${patternLinks(rows, texts, facts)}<h2 id="requirements"><a class="anchor" href="#requirements">Requirements</a> <span class="n">${rows.length}</span></h2>
${rows.map((row) => requirementSection(row, facts, shown))}
${rulesSection(rules)}`
  const contents = [
    ...contentsOf(body),
    { anchor: 'requirements', title: `Requirements (${rows.length})` },
    ...rows.map((row) => ({ anchor: row.id, id: row.id, title: row.title.replaceAll('`', '') })),
    ...(rules.length === 0 ? [] : [{ anchor: 'rules', title: `Rules (${rules.length})` }]),
  ]
  return { slug, title, main, contents }
}

/** The patterns that rely on a row of the page. */
function patternLinks(rows: readonly Row[], texts: Texts, { patternsOf }: Facts): Markup | undefined {
  const named = new Set(rows.flatMap(({ id }) => patternsOf.get(id) ?? []))
  const slugs = PATTERN_SLUGS.filter((slug) => named.has(slug))
  if (slugs.length === 0) return undefined
  return markup`<h2 id="patterns"><a class="anchor" href="#patterns">Patterns that rely on this page</a></h2>
<ul>${slugs.map((slug) => markup`<li><a href="${slug}.html">${textOf(slug, texts).title}</a></li>`)}</ul>
`
}

/** A page that only explains. */
export function textPage(slug: string, texts: Texts): Page {
  const { title, body } = textOf(slug, texts)
  return { slug, title, main: titled(title, body), contents: contentsOf(body) }
}

export const titled = (title: string, body: string): Markup => markup`<h1>${title}</h1>
${markdown(body)}`

export function textOf(slug: string, texts: Texts): ConceptText {
  const text = texts.get(slug)
  if (text === undefined) throw new Error(`concepts/ has no text for the page ${slug}`)
  return text
}
