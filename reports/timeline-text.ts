import { oneLine } from '../kit/text/plain.ts'
import type { Timeline, TimelineOperation } from './timeline.ts'

const BAR = 24

/** A timeline as text, its title first. */
export const renderTimeline = (timeline: Timeline, width: number): string =>
  [oneLine(timeline.title), ...timelineLines(timeline, width - 2).map((text) => `  ${text}`), ''].join('\n')

/** One line for each operation that shows it: who waited for what, and when, on one scale. */
export function timelineLines({ operations }: Timeline, width: number): readonly string[] {
  const shown = operations.filter(({ isEvidence }) => isEvidence).toSorted((a, b) => a.begin - b.begin)
  const times = shown.flatMap(({ begin, end = begin }) => [begin, end])
  // Bars are of what is shown; moments count from the first operation of all, as those in the title do.
  const scale = { from: Math.min(...times), to: Math.max(...times) }
  const first = Math.min(...operations.map(({ begin }) => begin))
  return shown.map((operation) => cut(oneLine(line(operation, scale, first)), width))
}

interface Scale {
  readonly from: number
  readonly to: number
}

function line(operation: TimelineOperation, scale: Scale, first: number): string {
  const { client, begin, end, label, outcome } = operation
  const from = (begin - first).toFixed(3)
  const times = end === undefined ? `from ${from} ms, no answer` : `${from} to ${(end - first).toFixed(3)} ms`
  return `client ${client.padEnd(3)} ${bar(operation, scale)} ${label} -> ${outcome}  [${times}]`
}

/** `··├────┤··`, with an arrow where no answer came. */
function bar({ begin, end }: TimelineOperation, { from, to }: Scale): string {
  const place = (time: number): number =>
    to === from ? 0 : Math.round(((time - from) / (to - from)) * (BAR - 1))
  const start = place(begin)
  const last = end === undefined ? BAR - 1 : Math.max(place(end), Math.min(start + 1, BAR - 1))
  return Array.from({ length: BAR }, (_, at) => {
    if (at < start || at > last) return '·'
    if (at === start) return '├'
    if (at === last) return end === undefined ? '▷' : '┤'
    return '─'
  }).join('')
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
