import { type Markup, markup, raw } from '../../../reports/markup.ts'
import type { ExampleAnswer, Payload } from '../capture/example.ts'
import type { CapturedExchange } from '../patterns/captured-step.ts'
import type { Retry, RetryRow } from '../patterns/retry/row.ts'
import { RETRY_ROWS } from '../patterns/what-to-retry.ts'
import { inlineMarkdown, scrolling } from './markdown.ts'

const RETRIES: Readonly<Record<Retry, string>> = {
  repeat: 'repeat',
  conditional: 'with match_seq_num',
  change: 'after a change',
  'by-code': 'by the code',
  never: 'never',
}

const GROUPS: Readonly<Record<number, string>> = {
  1: 'The request is wrong',
  2: 'Tokens, permissions and quotas',
  3: 'The state of a resource',
  4: 'The server cannot answer now',
  5: 'Sessions',
  6: 'Connections',
}

/** The exchanges of a row have this anchor. */
export const anchorOfRow = (label: string): string =>
  `captured-${label.toLowerCase().replaceAll(/[^\w]+/g, '-')}`

/** The table of what to retry, each row with the answer that was captured for it. */
export function retryTable(exchanges: readonly CapturedExchange[]): Markup {
  const captured = Map.groupBy(exchanges, ({ label }) => label)
  const groups = [...Map.groupBy(RETRY_ROWS, ({ step }) => step)]
  const table = markup`<table class="retries"><thead><tr><th>Answer</th><th>Cause</th><th>Send again</th><th>What to do</th></tr></thead>
${groups.map(
  ([step, rows]) =>
    markup`<tbody><tr><th class="group" colspan="4">${GROUPS[step] ?? ''}</th></tr>
${rows.map((row) => tableRows(row, captured.get(row.label)?.[0]))}</tbody>
`,
)}</table>`
  return raw(scrolling(table.text))
}

/** The advice, and below it the answer that the run captured. */
function tableRows(row: RetryRow, captured: CapturedExchange | undefined): Markup {
  const { label, status, cause, retry, advice, ids } = row
  return markup`<tr class="advice"><td><code>${label}</code>${status === undefined ? undefined : markup` <span class="n">${status}</span>`}</td><td>${inlineMarkdown(cause)}</td><td><span class="tag retry-${retry}">${RETRIES[retry]}</span></td><td>${inlineMarkdown(`${advice} ${ids.map((id) => `[${id}]`).join(' ')}`)}</td></tr>
<tr class="evidence"><td colspan="4">${evidence(row, captured)}</td></tr>
`
}

function evidence({ label, show }: RetryRow, captured: CapturedExchange | undefined): Markup {
  if (captured !== undefined) {
    return markup`<a href="#${anchorOfRow(label)}">Captured</a> <code>${shortAnswer(captured)}</code>`
  }
  if (typeof show === 'function') throw new Error(`no exchange was captured for ${label}`)
  return markup`<span class="n">Not captured. ${show.notShown}</span>`
}

const MAX_SHORT = 140

/** The status and the body of an answer, in one line. */
function shortAnswer({ answer, ending }: CapturedExchange): string {
  const cut = ending?.startsWith('The connection breaks') === true ? ', then the connection breaks' : ''
  const text = `${statusOf(answer)}${cut}`
  return text.length <= MAX_SHORT ? text : `${text.slice(0, MAX_SHORT)}…`
}

function statusOf(answer: ExampleAnswer): string {
  if ('error' in answer) return answer.error
  const retryAfter = answer.headers['retry-after-ms']
  const header = retryAfter === undefined ? '' : ` retry-after-ms: ${retryAfter}`
  return `${answer.status}${header} ${shortBody(answer.body)}`.trim()
}

/** A terminal frame, if there is one, in place of the frames before it. */
function shortBody(body: Payload | undefined): string {
  if (body?.kind === 'text') return body.text.replaceAll(/\s+/g, ' ').trim()
  if (body?.kind !== 'frames') return ''
  const terminal = body.frames.find(({ meaning }) => meaning.startsWith('terminal'))
  return terminal === undefined ? '' : `${terminal.meaning}: ${terminal.payload.fields ?? ''}`
}
