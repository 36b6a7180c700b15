import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import { bundleScript } from './bundle.ts'
import { DECIDING_ROWS } from './deciding-rows.ts'
import { requestForm } from './form-markup.ts'

export interface PlaygroundPage {
  readonly main: Markup
  /** The files that the page loads, by their paths in the site. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
}

const STYLES = ['page.css', 'stream.css', 'form.css']
const STYLE = 'assets/playground.css'
const SCRIPT = 'assets/playground.js'

/** The page on which readers try the rules. `linkTo` returns the address of a row on the site. */
export async function playgroundPage(linkTo: (id: string) => string | undefined): Promise<PlaygroundPage> {
  const styles = STYLES.map((name) => readFile(join(import.meta.dirname, 'browser', name), 'utf8'))
  const files = [
    { path: STYLE, text: (await Promise.all(styles)).join('') },
    { path: SCRIPT, text: await bundleScript() },
  ]
  return { main: content(rowsJson(linkTo)), files }
}

/** The titles, statements and links of the rows, as the script reads them. Throws an Error for a row that the site does not have. */
function rowsJson(linkTo: (id: string) => string | undefined): string {
  const known = new Map(catalogue.map((row) => [row.id, row]))
  const rows = DECIDING_ROWS.map((id) => {
    const [row, href] = [known.get(id), linkTo(id)]
    if (row === undefined || href === undefined) throw new Error(`the site has no row ${id}`)
    return [id, { title: plain(row.title), statement: plain(row.statement), href }]
  })
  return JSON.stringify(Object.fromEntries(rows)).replaceAll('<', '\\u003c')
}

/** Markdown without its code marks. */
const plain = (text: string): string => text.replaceAll('`', '')

const content = (rows: string): Markup => markup`<link rel="stylesheet" href="${STYLE}">
<div class="playground">
<h1>Playground</h1>
<p>Send requests to one stream, and see the answer that the specification gives and the requirements that decide it. The rules run in this page: it needs no server and no network.</p>
<noscript><p class="pg-problem">The playground needs JavaScript.</p></noscript>
<p class="pg-problem" id="pg-problem" role="alert" hidden></p>
<section class="pg-examples" aria-labelledby="pg-examples-title"><h2 id="pg-examples-title">Examples</h2><ul id="pg-examples"></ul></section>
<section aria-labelledby="pg-stream-title">
<h2 id="pg-stream-title">Stream</h2>
<dl class="pg-facts" id="pg-facts"></dl>
<ol class="pg-records" id="pg-records" aria-label="Records"></ol>
<ul class="pg-key"><li><span class="pg-swatch pg-appended"></span>appended by this step</li><li><span class="pg-swatch pg-delivered"></span>returned by this step</li><li><span class="pg-swatch pg-trimmed"></span>trimmed</li></ul>
</section>
<section aria-labelledby="pg-sequence-title">
<h2 id="pg-sequence-title">Sequence</h2>
<div class="pg-bar"><button type="button" id="pg-back">← Back</button><button type="button" id="pg-forward">Forward →</button><ol class="pg-steps" id="pg-steps" aria-label="Steps"></ol></div>
</section>
<div class="pg-columns">
<section aria-labelledby="pg-answer-title"><h2 id="pg-answer-title">Answer</h2>
<div id="pg-answer" aria-live="polite"></div>
<div id="pg-rows"></div>
</section>
<section aria-labelledby="pg-request-title"><h2 id="pg-request-title">Next request</h2>
${requestForm}</section>
</div>
<section aria-labelledby="pg-share-title"><h2 id="pg-share-title">Share</h2>
<div class="pg-share"><label for="pg-link">Link to this sequence</label><input id="pg-link" readonly><button type="button" id="pg-copy">Copy link</button><button type="button" id="pg-clear">Start over</button></div>
<p id="pg-copied" role="status" class="pg-hint"></p>
</section>
<section aria-labelledby="pg-about-title"><h2 id="pg-about-title">How it differs from a server</h2>
<ul>
<li>A trim takes effect at once. A server may return trimmed records for a while.</li>
<li>A batch is durable as soon as it is sequenced, and no other client uses the stream.</li>
<li>The clock is virtual: it advances by the time given with each request, and by the time that a read waits.</li>
<li>Where s2-lite and hosted S2 differ, the answer is the one of s2-lite.</li>
</ul></section>
</div>
<script type="application/json" id="pg-row-data">${raw(rows)}</script>
<script src="${SCRIPT}"></script>
`
