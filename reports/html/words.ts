import { type Markup, markup, type Value } from '../markup.ts'
import type { Verdict } from '../result.ts'

/** A verdict on a row, in a word that stands alone. */
export const LABELS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  fail: 'fail',
  expected: 'expected',
  warn: 'warn',
  inconclusive: 'inconclusive',
  error: 'error',
  'not-applicable': 'n/a',
  'not-run': 'not run',
  'not-selected': 'not selected',
}

/** Never by colour alone. */
export const verdictMark = (verdict: Verdict): Markup =>
  markup`<span class="v v-${verdict}">${LABELS[verdict]}</span>`

export const seconds = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'] as const

export function size(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`
}

/** Of the catalogue, where code stands between backticks. */
export const prose = (text: string): readonly Value[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : part))
