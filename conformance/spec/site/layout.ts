import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { PATTERN_SLUGS } from '../patterns/slugs.ts'
import type { ConceptText } from './concept-texts.ts'
import { CONCEPTS, rowsOn } from './concepts.ts'
import { type ContentsItem, type Page, rootOf } from './page.ts'

type Texts = ReadonlyMap<string, ConceptText>

/** The pages that follow each other, from the first to the last. */
const READING_ORDER: readonly string[] = [
  'index',
  ...CONCEPTS.map(({ slug }) => slug),
  ...PATTERN_SLUGS,
  'not-covered',
  'reference',
]

/** Pages to look things up in, which the header links to. */
const LOOK_UP: readonly (readonly [slug: string, title: string])[] = [
  ['playground', 'Playground'],
  ['requirements', 'Requirements'],
  ['reference', 'Reference'],
  ['calls', 'SDKs'],
]

const TITLES: Readonly<Record<string, string>> = {
  index: 'Start',
  reference: 'API reference',
}

/** A whole page: header with search, list of pages, `main`, its contents. It needs no network. */
export function layout(page: Page, texts: Texts): string {
  const { slug } = page
  const root = rootOf(slug)
  const title = slug === 'index' ? 'S2: the specification by example' : `${page.title} · S2 by example`
  return `<!doctype html>\n${
    markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}assets/site.css">
<script src="${root}assets/search.js" data-root="${root}" defer></script>
<script src="${root}assets/details.js" defer></script>
<script src="${root}assets/calls.js" data-root="${root}" defer></script>
<script src="${root}assets/send.js" defer></script>
<script src="${root}assets/theme.js" defer></script>
${(page.scripts ?? []).map((script) => markup`<script src="${root}assets/${script}" defer></script>\n`)}</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${header(slug, root)}
<div class="frame">
<details class="side pages" open><summary>Pages</summary><nav aria-label="Pages">${pageList(slug, root, texts)}</nav></details>
<main id="main" tabindex="-1">
${page.main}${neighbours(slug, root, texts)}
</main>
${page.contents === undefined ? undefined : contentsList(page.contents)}
</div>
<footer><p>Not affiliated with S2. Built from the requirements, rules and checks of <code>s2-conformance</code>; captured examples come from its reference server.</p></footer>
</body>
</html>
`.text
  }`
}

const header = (slug: string, root: string): Markup => markup`<header class="top">
<a class="home" href="${root}index.html"><b>S2</b> by example</a>
<search class="search"><input id="search" type="search" role="combobox" aria-label="Search ids, statements, error codes and fields" aria-expanded="false" aria-controls="results" aria-autocomplete="list" autocomplete="off" spellcheck="false" placeholder="Search ids, error codes, fields"><kbd aria-hidden="true">/</kbd><div id="results" role="listbox" aria-label="Search results" hidden></div></search>
<nav class="links" aria-label="Site">${LOOK_UP.map(([other, title]) => link(other, slug, root, title))}</nav>
<button type="button" id="theme" aria-label="Switch between light and dark" hidden><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor"/><path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/></svg></button>
</header>`

function pageList(current: string, root: string, texts: Texts): Markup {
  const items = CONCEPTS.map(
    ({ slug }) =>
      markup`<li>${link(slug, current, root, titleOf(slug, texts), markup` <span class="n">${rowsOn(slug).length}</span>`)}</li>`,
  )
  const patterns = PATTERN_SLUGS.map(
    (slug) => markup`<li>${link(slug, current, root, titleOf(slug, texts))}</li>`,
  )
  return markup`${link('index', current, root, 'Start')}<ol>${items}</ol><p class="group">Patterns</p><ul>${patterns}</ul>${link('not-covered', current, root, titleOf('not-covered', texts))}`
}

const link = (slug: string, current: string, root: string, title: string, more?: Markup): Markup =>
  markup`<a href="${root}${slug}.html"${slug === current ? raw(' aria-current="page"') : undefined}>${title}${more}</a>`

const titleOf = (slug: string, texts: Texts): string => TITLES[slug] ?? texts.get(slug)?.title ?? slug

const contentsList = (items: readonly ContentsItem[]): Markup =>
  markup`<details class="side contents" open><summary>On this page</summary><nav aria-label="On this page"><ul>${items.map(
    ({ anchor, title, id }) =>
      markup`<li${id === undefined ? undefined : raw(' class="of-row"')}><a href="#${anchor}">${id === undefined ? undefined : markup`<span class="id">${id}</span> `}${title}</a></li>`,
  )}</ul></nav></details>`

function neighbours(slug: string, root: string, texts: Texts): Markup | undefined {
  const at = READING_ORDER.indexOf(slug)
  if (at < 0) return undefined
  const to = (other: string | undefined, rel: string, words: string): Markup | undefined =>
    other === undefined
      ? undefined
      : markup`<a rel="${rel}" href="${root}${other}.html"><span>${words}</span> ${titleOf(other, texts)}</a>`
  return markup`
<nav class="neighbours" aria-label="Previous and next page">${to(READING_ORDER[at - 1], 'prev', 'Previous')}${to(READING_ORDER[at + 1], 'next', 'Next')}</nav>`
}
