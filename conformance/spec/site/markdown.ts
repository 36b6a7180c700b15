import { Marked } from 'marked'
import { createHighlighter } from 'shiki'
import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { linkTo } from './concepts.ts'

const marked = new Marked({
  renderer: {
    code: ({ text }) => codeBlock(text).text,
    // The text of a row or page comes from this repository, but a stray `<` in it is no markup.
    html: ({ text }) => escapeHtml(text),
  },
})

/** Markdown as HTML, with a link for each id of a row. */
export const markdown = (text: string): Markup => raw(withLinks(marked.parse(text, { async: false })))

/** The same without a paragraph around it. */
export const inlineMarkdown = (text: string): Markup =>
  raw(withLinks(marked.parseInline(text, { async: false })))

const highlighter = await createHighlighter({
  themes: ['github-light', 'github-dark'],
  langs: ['typescript'],
})

/** TypeScript with its syntax highlighted, for light and dark at once. */
export function sourceBlock(text: string): Markup {
  const themes = { light: 'github-light', dark: 'github-dark' }
  return raw(highlighter.codeToHtml(text, { lang: 'typescript', themes, defaultColor: 'light-dark()' }))
}

/** Text as it was sent, or as it is typed. */
export const codeBlock = (text: string): Markup => markup`<pre><code>${text}</code></pre>`

const ID = /\[?\b((?:CP-)?[A-Z0-9]{2,4}-\d{3})\b\]?/g

/** Ids in text become links; those in tags, links and code blocks stay. */
function withLinks(html: string): string {
  let inside = 0
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      if (/^<(a|pre)\b/.test(part)) inside++
      if (/^<\/(a|pre)>/.test(part)) inside--
      return part.startsWith('<') || inside > 0 ? part : part.replaceAll(ID, linked)
    })
    .join('')
}

function linked(match: string, id: string): string {
  const href = linkTo(id)
  return href === undefined ? match : `<a class="id" href="${href}">${id}</a>`
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
