import { type Markup, markup, raw } from '../../../reports/markup.ts'
import type { ConceptText } from './concept-texts.ts'
import { CONCEPTS } from './concepts.ts'
import { STYLE } from './style.ts'

export interface Page {
  readonly slug: string
  readonly title: string
  readonly main: Markup
}

/** A whole page: navigation on the left, `main` on the right. It needs no other file and no network. */
export function layout(page: Page, texts: ReadonlyMap<string, ConceptText>): string {
  const title = page.slug === 'index' ? 'S2: the specification by example' : `${page.title} · S2 by example`
  return `<!doctype html>\n${
    markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<nav aria-label="Pages"><a class="home" href="index.html">S2 by example</a><ol>${CONCEPTS.map(({ slug }) => navItem(slug, page.slug, texts))}<li><a href="playground.html"${page.slug === 'playground' ? raw(' aria-current="page"') : undefined}>Playground</a></li></ol></nav>
<main id="main">${page.main}</main>
</body>
</html>
`.text
  }`
}

function navItem(slug: string, current: string, texts: ReadonlyMap<string, ConceptText>): Markup {
  const title = texts.get(slug)?.title ?? slug
  return slug === current
    ? markup`<li><a href="${slug}.html" aria-current="page">${title}</a></li>`
    : markup`<li><a href="${slug}.html">${title}</a></li>`
}
