import { countsOf } from '../counts.ts'
import { type Markup, markup } from '../markup.ts'
import type { RunResult } from '../result.ts'
import { seconds, size } from './words.ts'

const VERDICTS: Readonly<Record<RunResult['outcome'], string>> = {
  conformant: 'Conformant',
  'not conformant': 'Not conformant',
  inconclusive: 'Inconclusive',
}

/** The verdict, what was judged and how, the counts as a bar and as filters of the rows below. */
export function header(result: RunResult): Markup {
  const { outcome, target, notes, stale } = result
  return markup`<header class="o-${outcome.replace(' ', '-')}">
<p class="what">S2 conformance of <b>${target.endpoint}</b></p>
<h1>${VERDICTS[outcome]}</h1>
<p class="why">${why(result)}</p>
${bar(result)}
<div class="counts" role="group" aria-label="Show only rows that">${counts(result)}</div>
${facts(result)}
${stale.map((id) => markup`<p class="note stale"><b>stale</b> ${id} passes: take it out of the expectations file</p>`)}
${notes.map((note) => markup`<p class="note"><b>note</b> ${note}</p>`)}
</header>`
}

function why({ outcome, summary, stale }: RunResult): string {
  const failed = summary.fail
  if (failed > 0)
    return `${failed} of ${failed + summary.pass} judged ${failed === 1 ? 'rows does' : 'rows do'} not hold.`
  if (stale.length > 0) return 'An expectation is stale: what it forgives holds now.'
  if (outcome === 'conformant')
    return `All ${summary.pass} judged rows hold${summary.expected > 0 ? ', or fail as expected' : ''}.`
  if (summary.pass === 0) return 'Nothing passed.'
  return 'Nothing failed, but not everything could be found out.'
}

/** What was judged, by share; what was not says nothing of the target. */
function bar(result: RunResult): Markup {
  const judged = countsOf(result).filter(({ verdict, count }) => count > 0 && !verdict.startsWith('not-'))
  return markup`<div class="bar" aria-hidden="true">${judged.map(
    ({ verdict, count }) => markup`<i class="b-${verdict}" style="flex-grow:${count}"></i>`,
  )}</div>`
}

const counts = (result: RunResult): readonly Markup[] =>
  countsOf(result).map(
    ({ verdict, count, words }) =>
      markup`<button type="button" class="count ${count === 0 ? '' : `c-${verdict}`}" data-verdict="${verdict}" aria-pressed="false"><b>${count}</b> ${words}</button>`,
  )

function facts({ target, suite, seed, started, ms, traffic }: RunResult): Markup {
  const list: readonly (readonly [string, string | undefined])[] = [
    ['Server', target.implementation],
    ['Profile', target.profile],
    ['Capabilities', target.capabilities.join(', ')],
    ['Run', `${started.slice(0, 19).replace('T', ' ')} UTC, ${seconds(ms)}`],
    ['Asked', `${traffic.requests} requests, ${size(traffic.sent)} sent, ${size(traffic.received)} received`],
    ['Suite', `${suite.name} ${suite.version}, seed ${seed}`],
  ]
  return markup`<dl class="facts">${list.map(([term, text]) =>
    text === undefined || text === '' ? undefined : markup`<div><dt>${term}</dt><dd>${text}</dd></div>`,
  )}</dl>`
}
