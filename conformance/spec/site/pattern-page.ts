import { type Markup, markup } from '../../../reports/markup.ts'
import type { CapturedExchange, CapturedStep } from '../patterns/captured-step.ts'
import { PATTERN_SLUGS, type PatternSlug } from '../patterns/slugs.ts'
import { textOf } from './concept-page.ts'
import type { ConceptText } from './concept-texts.ts'
import { exchangeBlock } from './example-block.ts'
import { contentsOf, markdown } from './markdown.ts'
import type { Page } from './page.ts'
import { anchorOfRow, retryTable } from './retry-table.ts'

/** The text of a pattern, with the captured exchanges behind each of its steps. */
export function patternPage(
  slug: PatternSlug,
  texts: ReadonlyMap<string, ConceptText>,
  steps: readonly CapturedStep[],
): Page {
  const { title, body } = textOf(slug, texts)
  const shown = new Set<string>()
  const sections = body.split(/^(?=## )/m).map((section) => {
    const number = Number(/^## Step (\d+): /.exec(section)?.[1])
    const step = steps.find((each) => each.step === number)
    return markup`${textWithTable(section, steps)}${step === undefined ? undefined : exchangesOf(step, shown)}`
  })
  const main = markup`<p class="eyebrow">Pattern ${PATTERN_SLUGS.indexOf(slug) + 1} of ${PATTERN_SLUGS.length}</p>
<h1>${title}</h1>
${sections}`
  return { slug, title, main, contents: contentsOf(body) }
}

const TABLE = '{{table}}'

function textWithTable(text: string, steps: readonly CapturedStep[]): Markup {
  const [before = '', after] = text.split(TABLE)
  return after === undefined
    ? markdown(text)
    : markup`${markdown(before)}${retryTable(steps.flatMap(({ exchanges }) => exchanges))}${markdown(after)}`
}

/** All exchanges, or those of each row of the table folded. */
function exchangesOf({ exchanges }: CapturedStep, shown: Set<string>): Markup {
  const groups = [...Map.groupBy(exchanges, ({ label }) => label)]
  return markup`<div class="captured">${groups.map(([label, all]) =>
    label === undefined
      ? all.map((exchange) => capturedBlock(exchange, shown))
      : markup`<details class="example" id="${anchorOfRow(label)}"><summary><code>${label}</code> <span class="n">${all.length} ${all.length === 1 ? 'exchange' : 'exchanges'}</span></summary>${all.map((exchange) => capturedBlock(exchange, shown))}</details>`,
  )}</div>
`
}

const capturedBlock = (exchange: CapturedExchange, shown: Set<string>): Markup =>
  exchangeBlock(exchange, shown, {
    after: exchange.ending === undefined ? undefined : markup`<p class="ending">${exchange.ending}</p>`,
    isCommand: exchange.openBody === undefined,
  })
