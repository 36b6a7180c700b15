import { Marked, type Tokens } from 'marked'
import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { row } from '../../catalogue/catalogue.ts'
import { linkTo } from './concepts.ts'
import { highlightBlock } from './highlight.ts'
import type { ContentsItem } from './page.ts'

const marked = new Marked({
  renderer: {
    code: ({ text, lang }) => highlightBlock(text, lang ?? '').text,
    // The text of a row or page comes from this repository, but a stray `<` in it is no markup.
    html: ({ text }) => escapeHtml(text),
    heading({ tokens, depth, text }: Tokens.Heading) {
      const inner = this.parser.parseInline(tokens)
      return `<h${depth} id="${anchorOf(text)}"><a class="anchor" href="#${anchorOf(text)}">${inner}</a></h${depth}>\n`
    },
    table({ header, rows }: Tokens.Table) {
      const cells = (row: readonly Tokens.TableCell[], tag: string): string =>
        `<tr>${row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`
      return scrolling(
        `<table><thead>${cells(header, 'th')}</thead><tbody>${rows.map((row) => cells(row, 'td')).join('\n')}</tbody></table>`,
      )
    },
  },
})

/** A table that scrolls where the window is too narrow for it; the keyboard can scroll it too. */
export const scrolling = (table: string): string =>
  `<div class="table" tabindex="0" role="region" aria-label="Table">${table}</div>\n`

/** The headings of a text, for the list of contents of its page. */
export const contentsOf = (text: string): readonly ContentsItem[] =>
  marked
    .lexer(text)
    .filter((token): token is Tokens.Heading => token.type === 'heading')
    .map(({ text: title }) => ({ anchor: anchorOf(title), title: title.replaceAll('`', '') }))

/** `question-3` of `3. What ...`; the words of any other heading. */
function anchorOf(heading: string): string {
  const [, number] = /^(\d+)\. /.exec(heading) ?? []
  if (number !== undefined) return `question-${number}`
  return heading
    .toLowerCase()
    .replaceAll(/[^\w]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** Markdown as HTML, with a link for each id of a row. */
export const markdown = (text: string): Markup => raw(linkIds(marked.parse(text, { async: false })))

/** The same without a paragraph around it. */
export const inlineMarkdown = (text: string): Markup =>
  raw(linkIds(marked.parseInline(text, { async: false })))

/** Text as it was sent, or as it is typed. */
export const codeBlock = (text: string): Markup => markup`<pre class="wire"><code>${text}</code></pre>`

const ID = /\[?\b((?:CP-)?[A-Z0-9]{2,4}-\d{3})\b\]?/g

/** Ids in the text of HTML become links, except those in links; in code blocks only on request. `root` leads to the site. */
export function linkIds(html: string, root = '', inCode = false): string {
  const closed = inCode ? 'a' : 'a|pre'
  let inside = 0
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      if (new RegExp(`^<(${closed})\\b`).test(part)) inside++
      if (new RegExp(`^</(${closed})>`).test(part)) inside--
      return part.startsWith('<') || inside > 0
        ? part
        : part.replaceAll(ID, (match, id: string) => linked(match, id, root, inCode))
    })
    .join('')
}

function linked(match: string, id: string, root: string, inCode: boolean): string {
  const href = linkTo(id)
  if (href === undefined) return match
  const link = `<a class="id" href="${root}${href}">${id}</a>`
  // Code is shown as it is.
  if (inCode || row(id).disputed === undefined) return link
  return `${link}&nbsp;<small class="disputed-id">disputed</small>`
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
