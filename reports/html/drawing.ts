import { type Markup, markup } from '../markup.ts'
import type { Timeline, TimelineOperation } from '../timeline.ts'

const LANE = 58
const TOP = 26
const LEFT = 92
const RIGHT = 24
const CHARACTER = 6.7
/** Room for the time of a moment. */
const LEAST_UNIT = 64
const MOST_UNIT = 240

/**
 * A history as bars, a lane for each client. Moments stand in their order and not at their distance: what overlaps and
 * what does not is all that counts, and it stays readable however far apart they are.
 */
export function drawing({ title, operations }: Timeline): Markup {
  const moments = [
    ...new Set(operations.flatMap(({ begin, end }) => (end === undefined ? [begin] : [begin, end]))),
  ]
  moments.sort((one, other) => one - other)
  const rankOf = new Map(moments.map((moment, rank) => [moment, rank]))
  const clients = [...new Set(operations.map(({ client }) => client))].toSorted(byNumber)
  const spans = operations.map((operation): Span => {
    const from = rankOf.get(operation.begin) ?? 0
    const to = operation.end === undefined ? moments.length : (rankOf.get(operation.end) ?? from)
    return { operation, from, to: Math.max(to, from + 0.5), lane: clients.indexOf(operation.client) }
  })
  const unit = unitFor(spans)
  const width = Math.round(LEFT + moments.length * unit + RIGHT)
  const height = TOP + clients.length * LANE + 8
  const first = moments[0] ?? 0
  return markup`<figure class="timeline"><figcaption>${title}</figcaption>
<div class="scroll" tabindex="0"><svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
${moments.map((moment, rank) => tick(LEFT + rank * unit, height, moment - first))}
${clients.map((client, lane) => markup`<text class="lane" x="4" y="${TOP + lane * LANE + 30}">client ${client}</text>`)}
${spans.map((span) => bar(span, unit))}
</svg></div>
<details><summary>As text</summary><ol>${spans.map(({ operation }) => markup`<li>${sentence(operation, first)}</li>`)}</ol></details>
</figure>`
}

interface Span {
  readonly operation: TimelineOperation
  /** Ranks of its moments. */
  readonly from: number
  readonly to: number
  readonly lane: number
}

/** Wide enough for every label to fit its bar. */
function unitFor(spans: readonly Span[]): number {
  const needed = spans.map(({ operation: { label, outcome }, from, to }) => {
    const text = Math.max(label.length, outcome.length) * CHARACTER + 14
    return text / (to - from)
  })
  return Math.min(MOST_UNIT, Math.max(LEAST_UNIT, ...needed))
}

const tick = (x: number, height: number, ms: number): Markup =>
  markup`<line class="tick" x1="${x}" x2="${x}" y1="${TOP - 6}" y2="${height}"/><text class="time" x="${x}" y="12">${ms.toFixed(ms < 10 ? 2 : 1)} ms</text>`

function bar({ operation, from, to, lane }: Span, unit: number): Markup {
  const { label, outcome, end, isEvidence, begin } = operation
  const x = LEFT + from * unit
  const y = TOP + lane * LANE + 6
  const width = (to - from) * unit
  const room = Math.floor((width - 10) / CHARACTER)
  const kind = `${isEvidence ? 'evidence' : 'context'}${end === undefined ? ' open' : ''}`
  return markup`<g class="op ${kind}"><title>${sentence(operation, begin)}</title><rect x="${x}" y="${y}" width="${width - 2}" height="42" rx="4"/><text x="${x + 6}" y="${y + 17}">${cut(label, room)}</text><text class="got" x="${x + 6}" y="${y + 33}">${cut(outcome, room)}</text></g>
`
}

function sentence(
  { client, begin, end, label, outcome, isEvidence }: TimelineOperation,
  first: number,
): string {
  const until = end === undefined ? 'no answer' : `${(end - first).toFixed(3)} ms`
  return `client ${client}, ${(begin - first).toFixed(3)} ms to ${until}: ${label} → ${outcome}${isEvidence ? ' (evidence)' : ''}`
}

const cut = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`

const byNumber = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true })
