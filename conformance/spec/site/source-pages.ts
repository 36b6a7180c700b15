import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { type Excerpt, readSource } from '../source/check-texts.ts'
import { highlightLines } from './highlight.ts'
import { linkIds } from './markdown.ts'
import type { Page } from './page.ts'

/** The link to a line of the page of its file, from the folder of the site. */
export const linkToSource = ({ file, line }: Pick<Excerpt, 'file' | 'line'>): string =>
  `${slugOf(file)}.html#L${line}`

const slugOf = (file: string): string => `source/${file.replace(/\.ts$/, '').replaceAll('/', '.')}`

/** A page for each file that has an excerpt, with an anchor at the line of each. */
export async function sourcePages(excerpts: Iterable<Excerpt>): Promise<readonly Page[]> {
  const linesOf = new Map<string, Set<number>>()
  for (const { file, line } of excerpts) linesOf.set(file, (linesOf.get(file) ?? new Set()).add(line))
  return await Promise.all(
    [...linesOf].toSorted().map(async ([file, lines]) => sourcePage(file, await readSource(file), lines)),
  )
}

function sourcePage(file: string, text: string, anchors: ReadonlySet<number>): Page {
  const lines = highlightLines(text.trimEnd(), 'typescript').map(({ text: line }, index) => {
    const number = index + 1
    const linked = linkIds(line, '../', true)
    return anchors.has(number) ? `<span id="L${number}" class="line">${linked}</span>` : linked
  })
  const numbers = lines.map((_, index) => index + 1).join('\n')
  const main = markup`<h1 class="file">${file}</h1>
<div class="source" tabindex="0" role="region" aria-label="Source"><pre class="numbers" aria-hidden="true">${numbers}</pre><pre><code>${raw(lines.join('\n'))}</code></pre></div>`
  return { slug: slugOf(file), title: file, main }
}

/** Source text inside a page of requirements. */
export const excerptText = ({ text }: Excerpt): Markup =>
  raw(
    linkIds(
      `<pre tabindex="0"><code>${highlightLines(text, 'typescript')
        .map((line) => line.text)
        .join('\n')}</code></pre>`,
      '',
      true,
    ),
  )
