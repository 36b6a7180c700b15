import type { LatencyName, LoadResult } from '../../reports/load/result.ts'
import { machineWords, mebibytes, milliseconds, number } from '../../reports/load/words.ts'
import { text } from '../../reports/markdown-text.ts'

export interface Published {
  readonly workload: string
  readonly title: string
  /** Without its ending. */
  readonly file: string
  readonly result: LoadResult
}

const HEAD = [
  'workload',
  'server',
  'appends/s',
  'MiB/s',
  'response p50, ms',
  'p99',
  'end to end p50, ms',
  'p99',
  'caught up, MiB/s',
  "server's CPU, µs a record",
  'verdict',
  'reasons',
  'files',
]

/** Columns of words, which stand to the left. */
const WORDS: ReadonlySet<string> = new Set(['workload', 'server', 'reasons'])

/** All published results in one table, drawn from them alone. */
export function overview(all: readonly Published[]): string {
  const [first] = all
  if (first === undefined) throw new Error('there is no published result')
  const { result } = first
  const days = [...new Set(all.map((each) => each.result.started.slice(0, 10)))].toSorted()
  const machines = [...new Set(all.flatMap((each) => each.result.machines.map(machineWords)))]
  return `${[
    '# Published loads',
    `By ${result.tool} on ${days.join(' and ')}, on ${machines.join(' and ')}, which both the load and the server had to share. A table drawn from the results beside it by \`npm run verify -- publish-load\`; what they mean is told in [README.md](README.md).`,
    [HEAD, HEAD.map((name) => (WORDS.has(name) ? ':--' : '--:')), ...all.map(row)]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  ].join('\n\n')}\n`
}

function row({ workload, title, file, result }: Published): readonly string[] {
  const { appends, catchUp, latencies, target, verdict, reasons, integrity } = result
  const quantile = (name: LatencyName, which: string): string =>
    milliseconds(latencies[name]?.quantiles[which])
  const records = appends.perSecond.records * appends.seconds
  const cpu = target.cpuSeconds === undefined || records === 0 ? undefined : target.cpuSeconds / records
  return [
    workload,
    title,
    number(appends.perSecond.appends, 1),
    mebibytes(appends.perSecond.bytes),
    quantile('response', 'p50'),
    quantile('response', 'p99'),
    quantile('e2e', 'p50'),
    quantile('e2e', 'p99'),
    catchUp?.perSecond === undefined ? '-' : mebibytes(catchUp.perSecond.bytes),
    cpu === undefined ? '-' : number(cpu * 1e6, 1),
    `${verdict}, ${integrity.verdict}`,
    text(reasons.join('; ')),
    ['json', 'md', 'html'].map((ending) => `[${ending}](load/${file}.${ending})`).join(' '),
  ]
}
