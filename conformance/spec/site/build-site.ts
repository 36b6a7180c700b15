import { markup } from '../../../reports/markup.ts'
import type { Example } from '../capture/example.ts'
import { playgroundPage } from '../playground/page.ts'
import { type ConceptText, conceptTexts } from './concept-texts.ts'
import { CONCEPTS, linkTo, rowsOn } from './concepts.ts'
import { type Facts, readFacts } from './facts.ts'
import { layout } from './layout.ts'
import { markdown } from './markdown.ts'
import { requirementSection } from './requirement-section.ts'

export interface SiteFile {
  /** Below the folder of the site. */
  readonly path: string
  readonly text: string
}

/** Every file of the site. */
export async function buildSite(examples: readonly Example[]): Promise<readonly SiteFile[]> {
  const texts = await conceptTexts()
  const facts = await readFacts(examples)
  const concepts = CONCEPTS.map(({ slug }) => conceptPage(slug, texts, facts))
  const others = ['index', 'not-covered'].map((slug) => textPage(slug, texts))
  const { main, files } = await playgroundPage(linkTo)
  const page = { slug: 'playground', title: 'Playground', main }
  return [...others, ...concepts, { path: 'playground.html', text: layout(page, texts) }, ...files]
}

function conceptPage(slug: string, texts: ReadonlyMap<string, ConceptText>, facts: Facts): SiteFile {
  const { title, body } = textOf(slug, texts)
  const rows = rowsOn(slug)
  const main = markup`<h1>${title}</h1>
${markdown(body)}
<h2 id="requirements">Requirements <span class="n">${rows.length}</span></h2>
${rows.map((row) => requirementSection(row, facts))}`
  return { path: `${slug}.html`, text: layout({ slug, title, main }, texts) }
}

function textPage(slug: string, texts: ReadonlyMap<string, ConceptText>): SiteFile {
  const { title, body } = textOf(slug, texts)
  const main = markup`<h1>${title}</h1>
${markdown(body)}`
  return { path: `${slug}.html`, text: layout({ slug, title, main }, texts) }
}

function textOf(slug: string, texts: ReadonlyMap<string, ConceptText>): ConceptText {
  const text = texts.get(slug)
  if (text === undefined) throw new Error(`concepts/ has no text for the page ${slug}`)
  return text
}
