import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { type Excerpt, ROOT } from '../source/check-texts.ts'
import { highlightLines } from './highlight.ts'
import { linkIds } from './markdown.ts'
import type { Page } from './page.ts'

/** The link to a line of the page of its file, from the folder of the site. */
export const linkToSource = ({ file, line }: Pick<Excerpt, 'file' | 'line'>): string =>
  `${slugOf(file)}.html#L${line}`

const slugOf = (file: string): string => `source/${file.replace(/\.ts$/, '').replaceAll('/', '.')}`

/** A page for each file that has an excerpt, with an anchor at the line of each. */
export function sourcePages(excerpts: Iterable<Excerpt>): readonly Page[] {
  const linesOf = new Map<string, Set<number>>()
  for (const { file, line } of excerpts) linesOf.set(file, (linesOf.get(file) ?? new Set()).add(line))
  return [...linesOf].toSorted().map(([file, lines]) => sourcePage(file, lines))
}

function sourcePage(file: string, anchors: ReadonlySet<number>): Page {
  const lines = linesOf(file).map((line, index) => {
    const linked = linkIds(line, '../', true)
    return anchors.has(index + 1) ? `<span id="L${index + 1}" class="line">${linked}</span>` : linked
  })
  const numbers = lines.map((_, index) => index + 1).join('\n')
  const main = markup`<h1 class="file">${file}</h1>
<div class="source" tabindex="0" role="region" aria-label="Source"><pre class="numbers" aria-hidden="true">${numbers}</pre><pre><code>${raw(lines.join('\n'))}</code></pre></div>`
  return { slug: slugOf(file), title: file, main }
}

/** Source text inside a page of requirements. */
export function excerptText({ file, line, text }: Excerpt): Markup {
  const lines = linesOf(file).slice(line - 1, line - 1 + text.split('\n').length)
  return raw(linkIds(`<pre tabindex="0"><code>${lines.join('\n')}</code></pre>`, '', true))
}

const highlighted = new Map<string, readonly string[]>()

/** The lines of a source file as HTML. Each file is highlighted once. */
function linesOf(file: string): readonly string[] {
  const known =
    highlighted.get(file) ??
    highlightLines(readFileSync(join(ROOT, file), 'utf8').trimEnd(), 'typescript').map(({ text }) => text)
  highlighted.set(file, known)
  return known
}
