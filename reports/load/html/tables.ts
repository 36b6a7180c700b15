import { type Markup, markup, type Value } from '../../markup.ts'
import type { Interval, LoadResult, Quantiles, ThreadFigures } from '../result.ts'
import {
  ceilingWords,
  faultWords,
  LATENCY_MEANINGS,
  LATENCY_WORDS,
  latenciesOf,
  mebibytes,
  milliseconds,
  number,
  PHASES,
  percent,
  phaseWords,
  proxyWords,
  windowWords,
} from '../words.ts'

export interface Table {
  readonly head: readonly string[]
  /** The first cell names its row. */
  readonly rows: readonly (readonly Value[])[]
}

/** Wider than a phone it is moved under the finger, and the names of its rows stay. */
export const table = ({ head, rows }: Table): Markup =>
  markup`<div class="scroll" tabindex="0"><table><thead><tr>${head.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${rows.map(
  ([
    name,
    ...cells
  ]) => markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`,
)}</tbody></table></div>`

const QUANTILES = ['p50', 'p75', 'p90', 'p95', 'p99', 'p99.9', 'p99.99', 'p99.999'] as const

/** All latencies; of quantiles those that any of them can tell. */
export function latencyTable(result: LoadResult): Markup {
  const all = latenciesOf(result)
  const columns = QUANTILES.filter((name) => all.some(([, { quantiles }]) => quantiles[name] !== undefined))
  return table({
    head: ['ms', 'min', ...columns, 'max', 'mean', 'count'],
    rows: all.map(([name, { least, quantiles, greatest, mean, count, clipped }]) => [
      markup`${LATENCY_WORDS[name]}<small>${LATENCY_MEANINGS[name]}</small>`,
      milliseconds(least),
      ...columns.map((column) => milliseconds(quantiles[column])),
      `${milliseconds(greatest)}${clipped > 0 ? ` (${number(clipped)} above an hour)` : ''}`,
      milliseconds(mean),
      number(count),
    ]),
  })
}

/** Every fault with what it did and what came of it. */
export const faultTable = (faults: NonNullable<LoadResult['faults']>): Markup => {
  const drawn = table({
    head: ['fault', 'what came of it', ...PHASES],
    rows: faults.map((fault) => [
      fault.what,
      markup`<span class="told">${faultWords(fault)}</span>`,
      ...PHASES.map((name) => {
        const phase = fault[name]
        return phase === undefined ? '' : markup`<span class="told">${phaseWords(phase)}</span>`
      }),
    ]),
  })
  return markup`<div class="faults">${drawn}</div>`
}

export function rateTable({ appends, tail, catchUp }: LoadResult): Markup {
  const reads = [
    ['read at the tail', tail],
    ['caught up', catchUp],
  ] as const
  return table({
    head: ['', 'appends/s', 'records/s', 'MiB/s', 'seconds'],
    rows: [
      [
        'appended',
        number(appends.perSecond.appends, 1),
        number(appends.perSecond.records),
        mebibytes(appends.perSecond.bytes),
        number(appends.seconds, 2),
      ],
      ...reads.flatMap(([name, figures]) =>
        figures?.perSecond === undefined
          ? []
          : [
              [
                name,
                '',
                number(figures.perSecond.records),
                mebibytes(figures.perSecond.bytes),
                number(figures.seconds, 2),
              ],
            ],
      ),
    ],
  })
}

/** The series, as the plots show it. */
export function seriesTable({ series }: LoadResult): Markup {
  const three = (name: string): readonly string[] => [`${name} p50`, 'p99', 'max']
  const cells = (quantiles: Quantiles | undefined): readonly string[] =>
    [quantiles?.p50, quantiles?.p99, quantiles?.greatest].map(milliseconds)
  return table({
    head: ['s', 'appends/s', 'records/s', 'MiB/s', 'read/s', ...three('response'), ...three('end to end')],
    rows: series.map((each: Interval) => [
      each.at.toFixed(1),
      number(each.appends, 1),
      number(each.records),
      mebibytes(each.bytes),
      number(each.read),
      ...cells(each.response),
      ...cells(each.e2e),
    ]),
  })
}

const rows = (
  threads: readonly ThreadFigures[] = [],
  name: (index: number) => string = (index) => `${index + 1}`,
): Table['rows'] =>
  threads.map((thread, index) => [
    name(index),
    percent(thread.busy),
    milliseconds(thread.loopDelayP99Us),
    milliseconds(thread.loopDelayMostUs),
    milliseconds(thread.stoodStillUs),
    number(thread.collections),
    milliseconds(thread.collectedUs),
    milliseconds(thread.longestCollectionUs),
    milliseconds(thread.waitedUs),
  ])

/** How the generator fared, thread by thread. */
export function generatorTable({ generator }: LoadResult): Markup {
  const { threads, catchUpThreads, proxyThread } = generator
  return table({
    head: [
      'thread',
      'busy',
      'loop delay p99, ms',
      'loop delay max, ms',
      'stood still, ms',
      'collections',
      'their time, ms',
      'longest, ms',
      'waited for a processor, ms',
    ],
    rows: [
      ...rows(threads),
      ...rows(catchUpThreads, (index) => `${index + 1}, catching up`),
      ...rows(proxyThread && [proxyThread], () => 'proxy'),
    ],
  })
}

export function generatorWords(result: LoadResult): string {
  const { stalled, windows, machineBusy } = result.generator
  const ceiling = ceilingWords(result)
  const proxy = proxyWords(result)
  return [
    ...(proxy === undefined ? [] : [proxy]),
    `Data waited for an HTTP/2 window ${percent(stalled)} of the time.`,
    ...(windows === undefined ? [] : windowWords(windows)),
    `The machine was busy by ${percent(machineBusy)}, this generator included.`,
    ...(ceiling === undefined ? [] : [`Of its ceiling: ${ceiling}.`]),
  ].join(' ')
}
