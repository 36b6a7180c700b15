import { plainJson } from '../kit/text/plain.ts'
import { markup } from './markup.ts'
import type { RunResult } from './result.ts'

/** What a badge says: `S2 core | conformant`. */
export interface Badge {
  readonly label: string
  readonly message: string
  readonly colour: keyof typeof COLOURS
}

/** The names are those of shields.io, the values what it draws for them. */
const COLOURS = { brightgreen: '#4c1', red: '#e05d44', yellow: '#dfb317' } as const

export function badgeOf({ outcome, summary, stale, target, results }: RunResult): Badge {
  const label = [`S2 ${target.profile}`, ...partOf(results)].join(', ')
  if (outcome === 'conformant')
    return { label, message: `conformant, ${summary.pass} passed`, colour: 'brightgreen' }
  if (outcome === 'inconclusive') return { label, message: 'inconclusive', colour: 'yellow' }
  const message = summary.fail > 0 ? `${summary.fail} failed` : `${stale.length} stale`
  return { label, message, colour: 'red' }
}

/** The part of the profile that a run was limited to, as the rows that were left out state it: a part must not pass for the whole. */
function partOf(results: RunResult['results']): readonly string[] {
  const isLeftOutBy = (option: string): boolean =>
    results.some(({ verdict, reason = '' }) => verdict === 'not-selected' && reason.includes(option))
  if (isLeftOutBy('--only')) return ['selected rows']
  return isLeftOutBy('--quick') ? ['quick'] : []
}

/** For the endpoint badge of shields.io: its JSON, of schema version 1. */
export function renderEndpoint(result: RunResult): string {
  const { label, message, colour } = badgeOf(result)
  return `${plainJson(JSON.stringify({ schemaVersion: 1, label, message, color: colour }))}\n`
}

const HEIGHT = 20
const PADDING = 6
/** Of Verdana at 11 px, on average; `textLength` makes the text as wide as its place. */
const CHARACTER = 6.4

/** The badge itself, flat, in one file. */
export function renderSvg(result: RunResult): string {
  const { label, message, colour } = badgeOf(result)
  const left = widthOf(label)
  const right = widthOf(message)
  const half = (text: string, from: number, width: number) =>
    markup`<text x="${from + width / 2}" y="14" textLength="${width - 2 * PADDING}">${text}</text>`
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${label}: ${message}">
<title>${label}: ${message}</title>
<clipPath id="r"><rect width="${left + right}" height="${HEIGHT}" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="${HEIGHT}" fill="#555"/><rect x="${left}" width="${right}" height="${HEIGHT}" fill="${COLOURS[colour]}"/></g>
<g fill="${colour === 'red' ? '#fff' : '#000'}" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11"><g fill="#fff">${half(label, 0, left)}</g>${half(message, left, right)}</g>
</svg>
`.text
}

const widthOf = (text: string): number => Math.round(text.length * CHARACTER) + 2 * PADDING
