import { htmlDocument } from '../../html/document.ts'
import { type Markup, markup, type Value } from '../../markup.ts'
import type { LoadResult, Machine } from '../result.ts'
import {
  cpuWords,
  noRateWords,
  number,
  opinionWords,
  readEndingWords,
  untimedWords,
  worth,
} from '../words.ts'
import { facts, leavesOf } from './facts.ts'
import { header, title } from './header.ts'
import { byPercentile, overTime } from './latency-plots.ts'
import { ratePlots } from './rate-plots.ts'
import { STYLE } from './style.ts'
import { faultTable, generatorTable, generatorWords, latencyTable, rateTable, seriesTable } from './tables.ts'

/** The whole page. No script runs in it. */
export const page = (result: LoadResult): Markup =>
  htmlDocument({
    title: `S2 load, ${title(result).toLowerCase()}: ${result.target.label}`,
    style: STYLE,
    body: markup`${header(result)}
<main>
<h2>${worth(result, 'Latency')}</h2>
${Object.keys(result.latencies).length === 0 ? markup`<p class="more">Nothing was timed.</p>` : asWorth(result, [latencyTable(result), note(untimedWords(result)), latencyPlots(result)])}
${result.secondOpinion === undefined ? undefined : markup`<p class="more">${opinionWords(result.secondOpinion).join(' ')}</p>`}
<h2>${worth(result, 'Rates')}</h2>
${asWorth(result, rates(result))}
${
  result.faults === undefined
    ? undefined
    : markup`<h2>Faults</h2>
${faultTable(result.faults)}`
}
<h2>The workload as it was run</h2>
${facts(leavesOf(withoutFaults(result.workload)))}
<h2>The generator</h2>
${result.machines.map(machine)}
${generatorTable(result)}
<p class="more">${generatorWords(result)}</p>
</main>
<footer>${result.tool} · begun ${result.started.slice(0, 19).replace('T', ' ')} UTC${result.interrupted ? ' · interrupted' : ''}</footer>`,
  })

const rates = (
  result: LoadResult,
): Markup => markup`${rateTable(result)}${note(noRateWords(result))}${note(readEndingWords(result.readEndings))}
${cpuLine(result)}
<div class="plots small">${ratePlots(result)}</div>
${result.series.length === 0 ? undefined : markup`<details><summary>The measured time as a table</summary>${seriesTable(result)}</details>`}`

/** Struck out where it is worth nothing. */
const asWorth = ({ verdict }: LoadResult, drawn: Value): Value =>
  verdict === 'INVALID' ? markup`<div class="void">${drawn}</div>` : drawn

/** They stand above, with what came of them. */
const withoutFaults = (workload: object): object =>
  Object.fromEntries(Object.entries(workload).filter(([name]) => name !== 'faults'))

const note = (words: string | undefined): Markup | undefined =>
  words === undefined ? undefined : markup`<p class="more">${words}</p>`

const cpuLine = (result: LoadResult): Markup | undefined => {
  const words = cpuWords(result)
  return words === undefined ? undefined : markup`<p class="more">Server CPU: ${words}</p>`
}

const latencyPlots = (result: LoadResult): Markup =>
  markup`<div class="plots tall">${byPercentile(result)}</div>
<div class="plots">${overTime(result, 'response')}${overTime(result, 'e2e')}</div>`

const machine = ({ cpus, model, memoryBytes, platform, node }: Machine): Markup =>
  facts([
    ['processors', `${cpus} × ${model}`],
    ['memory', `${number(memoryBytes / 1024 ** 3, 1)} GiB`],
    ['system', platform],
    ['Node', node],
  ])
