import { type Markup, markup } from '../../markup.ts'
import type { LoadResult } from '../result.ts'
import {
  failureWords,
  integrityName,
  integrityWords,
  latenciesOf,
  mebibytes,
  milliseconds,
  number,
  reasonsOf,
  summaryOf,
} from '../words.ts'

/** What was loaded and how, the two verdicts with all their reasons, and the figures that people look for first. */
export function header(result: LoadResult): Markup {
  const { target } = result
  const isWhole = result.integrity.verdict === 'verified'
  return markup`<header class="v-${isWhole ? result.verdict : result.integrity.verdict}">
<p class="what">S2 load on <b>${target.label}</b>${target.server === undefined ? '' : ` (${target.server})`}${target.launch === undefined ? '' : markup`, started with <code>${target.launch}</code>`}</p>
<h1>${title(result)}</h1>
<p class="why">${summaryOf(result)}</p>
<div class="verdicts">
${numbers(result)}
${records(result)}
</div>
${tiles(result)}
${failed(result)}
</header>`
}

/** The worst that is to be said. */
export function title({ verdict, integrity }: LoadResult): string {
  if (integrity.verdict === 'violated') return 'Records violated'
  if (integrity.verdict === 'incomplete') return 'Records not verified'
  return { VALID: 'Valid', SUSPECT: 'Suspect', INVALID: 'Invalid' }[verdict]
}

const numbers = (result: LoadResult): Markup =>
  markup`<section class="card v-${result.verdict}"><h2>The numbers <span class="v v-${result.verdict}">${result.verdict}</span></h2><ul>${reasonsOf(result).map((reason) => markup`<li>${reason}</li>`)}</ul></section>`

function records({ integrity }: LoadResult): Markup {
  const name = integrityName(integrity)
  const tone = name === 'empty' ? 'incomplete' : name
  return markup`<section class="card v-${tone}"><h2>The records <span class="v v-${tone}">${name}</span></h2><ul><li>${number(integrity.recordsRead)} read by ${number(integrity.readers)} ${integrity.readers === 1 ? 'reader' : 'readers'}: ${integrityWords(integrity)}</li>${integrity.first.map(
    ({ anomaly, stream, seqNum, what }) =>
      markup`<li><b>${anomaly}</b> at ${seqNum} of <code>${stream}</code>: ${what}</li>`,
  )}${integrity.notes.map((note) => markup`<li>${note}</li>`)}</ul></section>`
}

interface Tile {
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly beside?: string
}

function tiles(result: LoadResult): Markup {
  const { perSecond, plannedPerSecond } = result.appends
  const planned =
    plannedPerSecond === undefined ? 'as fast as it went' : `of ${number(plannedPerSecond, 1)} planned`
  const rates: readonly Tile[] = [
    { name: 'Appends', value: number(perSecond.appends, 1), unit: '/s', beside: planned },
    {
      name: 'Records',
      value: number(perSecond.records),
      unit: '/s',
      beside: `${mebibytes(perSecond.bytes)} MiB/s`,
    },
  ]
  return markup`<dl class="${result.verdict === 'INVALID' ? 'tiles void' : 'tiles'}">${[
    ...rates,
    ...latencyTiles(result),
  ].map(
    ({ name, value, unit, beside }) =>
      markup`<div><dt>${name}</dt><dd><b>${value}</b> ${unit}</dd>${beside === undefined ? undefined : markup`<dd class="n">${beside}</dd>`}</div>`,
  )}</dl>`
}

const TOLD = new Map([
  ['response', 'Response'],
  ['e2e', 'End to end'],
])

const latencyTiles = (result: LoadResult): readonly Tile[] =>
  latenciesOf(result).flatMap(([name, { count, quantiles, greatest, mean }]) => {
    const spoken = TOLD.get(name)
    if (spoken === undefined) return []
    const most = `max ${milliseconds(greatest)} ms`
    return [
      {
        name: `${spoken} p50`,
        value: milliseconds(quantiles.p50),
        unit: 'ms',
        beside: `mean ${milliseconds(mean)} ms`,
      },
      quantiles.p99 === undefined
        ? {
            name: `${spoken} p99`,
            value: 'not told',
            unit: '',
            beside: `${name === 'e2e' ? 'the batches' : number(count)} are too few for it; ${most}`,
          }
        : { name: `${spoken} p99`, value: milliseconds(quantiles.p99), unit: 'ms', beside: most },
    ]
  })

const failed = ({ appends }: LoadResult): Markup | undefined => {
  const words = failureWords(appends)
  return words === undefined ? undefined : markup`<p class="note"><b>not acknowledged</b> ${words}</p>`
}
