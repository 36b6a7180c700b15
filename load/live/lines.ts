import { mebibytes, milliseconds, number } from '../../reports/load/words.ts'
import type { LiveFigures, Quantiles } from './live-figures.ts'

/** The view as lines, none wider than `width`: what matters most stands first in each. */
export function linesOf(scene: LiveFigures, width: number): readonly string[] {
  const { perSecond, now, all } = scene
  const lines = [
    headOf(scene, width),
    `append   ${cell(number(perSecond.appends), 9)}/s  ${cell(number(perSecond.records), 11)} records/s  ${cell(mebibytes(perSecond.appendedBytes), 9)} MiB/s`,
    `read     ${''.padStart(9)}    ${cell(number(perSecond.read), 11)} records/s  ${cell(mebibytes(perSecond.readBytes), 9)} MiB/s`,
    `ms       ${['p50', 'p99', 'p99.9', 'max'].map((name) => cell(name, 9)).join('')}`,
    row('response', now.response),
    row('  so far', all.response),
    ...(all.e2e.p50 === undefined ? [] : [row('e2e', now.e2e), row('  so far', all.e2e)]),
    `${number(scene.inFlight)} in flight, schedule lag p99 ${milliseconds(scene.lag)} ms${held(scene)}`,
    troubles(scene),
    records(scene),
    ...scene.faults.map(({ what, state }) => `${what}: ${state}`),
  ]
  return lines.map((line) => line.trimEnd().slice(0, Math.max(1, width)))
}

/** One line for a log. */
export function lineOf(scene: LiveFigures): string {
  const { stage, at, of, perSecond, all } = scene
  return [
    `${STAGES[stage]} ${at.toFixed(0)}/${of.toFixed(0)} s`,
    `${number(perSecond.appends)} appends/s`,
    `${mebibytes(perSecond.appendedBytes)} MiB/s`,
    `read ${mebibytes(perSecond.readBytes)} MiB/s`,
    `p50 ${milliseconds(all.response.p50)} p99 ${milliseconds(all.response.p99)} ms`,
    troubles(scene),
    records(scene),
  ].join(', ')
}

const STAGES: Readonly<Record<LiveFigures['stage'], string>> = {
  waiting: 'waiting for the start',
  'warm-up': 'warm-up',
  measuring: 'measuring',
  draining: 'waiting for what is in flight',
  reading: 'reading to the end',
}

const BAR = 24

function headOf({ stage, at, of }: LiveFigures, width: number): string {
  const part = Math.min(1, Math.max(0, at / of))
  const filled = Math.round(part * BAR)
  const left = Math.max(0, of - at)
  const time = stage === 'waiting' ? `begins in ${Math.ceil(-at)} s` : `${left.toFixed(0)} s left`
  const words = `${STAGES[stage]}, ${time}`
  return words.length + BAR + 3 > width ? words : `[${'#'.repeat(filled).padEnd(BAR, '.')}] ${words}`
}

const cell = (text: string, width: number): string => text.padStart(width)

const row = (name: string, { p50, p99, p999, greatest }: Quantiles): string =>
  `${name.padEnd(9)}${[p50, p99, p999, greatest].map((value) => cell(milliseconds(value), 9)).join('')}`

const held = ({ heldBack }: LiveFigures): string => (heldBack === 0 ? '' : `, ${number(heldBack)} held back`)

/** What went wrong so far, by its kind. */
function troubles({ refused, unknown, tailsFailed }: LiveFigures): string {
  const kinds = [
    [refused, 'refused'],
    [unknown, 'indeterminate'],
    [tailsFailed, 'tails not told'],
  ] as const
  const there = kinds.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`)
  return there.length === 0 ? 'no errors' : there.join(', ')
}

const records = ({ recordsRead, violations }: LiveFigures): string =>
  violations === 0
    ? `${number(recordsRead)} records verified so far`
    : `${number(violations)} VIOLATIONS in ${number(recordsRead)} records`
