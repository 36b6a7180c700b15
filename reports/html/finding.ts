import { type Markup, markup } from '../markup.ts'
import { replayCommands, reproduceCommand } from '../reproduce.ts'
import type { RequirementResult, RunResult } from '../result.ts'
import { drawing } from './drawing.ts'
import { prose, verdictMark } from './words.ts'

/** Returns the article of a row that did not pass: its statement, the expected and the actual answer, and the evidence. */
export function finding(result: RunResult, row: RequirementResult): Markup {
  return markup`<article class="finding f-${row.verdict}" id="${row.id}" data-verdict="${row.verdict}">
<h3>${verdictMark(row.verdict)} <a href="#${row.id}">${row.id}</a> ${prose(row.title)} <span class="tag">${row.level}</span> <span class="tag">${row.tier}</span></h3>
<blockquote>${prose(row.statement)}<cite>${prose(row.source)}</cite></blockquote>
${row.expectation === undefined ? undefined : markup`<p class="forgiven"><b>expected</b> ${row.expectation}</p>`}
${drawings(row)}
${comparison(row)}
${row.observations.length === 0 ? undefined : markup`<ul class="seen">${row.observations.map((seen) => markup`<li>${seen}</li>`)}</ul>`}
${transcript(row)}
${row.curl === undefined ? undefined : command('The request as a command', row.curl)}
${replayCommands(result, row).map((text) => command('Replay the sequence', text))}
${command('Reproduce this row', reproduceCommand(result, row))}
${(row.files ?? []).map((file) => markup`<p class="file">written to <code>${file}</code></p>`)}
</article>`
}

/** Returns the drawing of the first violation. The others are folded. */
function drawings({ timelines = [] }: RequirementResult): Markup | undefined {
  const [first, ...others] = timelines
  if (first === undefined) return undefined
  const more =
    others.length === 0
      ? undefined
      : markup`<details class="more-drawn"><summary>${others.length} more of the history’s violations</summary>${others.map(drawing)}</details>`
  return markup`${drawing(first)}${more}`
}

/** Returns the expected and the actual answer in two columns, or the reason alone if the target did not break the row. */
function comparison({ subject, request, expected, actual, reason = '' }: RequirementResult): Markup {
  if (expected === undefined || actual === undefined) {
    const line = request === undefined ? undefined : markup`<p class="request">${request}</p>`
    return markup`<p class="reason">${reason}</p>${line}`
  }
  return markup`<p class="reason">${subject ?? reason}</p>
${request === undefined ? undefined : markup`<p class="request"><code>${request}</code></p>`}
<div class="sides"><div class="side expected"><h4>Expected</h4><pre>${expected}</pre></div><div class="side actual"><h4>Actual</h4><pre>${actual}</pre></div></div>`
}

const OPEN_LINES = 14

function transcript({ transcript: lines = [] }: RequirementResult): Markup | undefined {
  if (lines.length === 0) return undefined
  const shown = lines.map((line) => markup`<span class="${direction(line)}">${line}</span>\n`)
  const isShort = lines.length <= OPEN_LINES
  return markup`<details class="transcript"${isShort ? markup` open` : undefined}><summary>Transcript, ${lines.length} lines</summary><pre tabindex="0">${shown}</pre></details>`
}

const direction = (line: string): string =>
  line.startsWith('>') ? 'out' : line.startsWith('<') ? 'in' : 'gap'

const command = (label: string, text: string): Markup =>
  markup`<div class="command"><h4>${label}</h4><pre tabindex="0"><code>${text}</code></pre><button type="button" class="copy" aria-label="Copy: ${label}">Copy</button></div>`
