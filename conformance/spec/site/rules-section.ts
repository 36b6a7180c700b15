import { type Markup, markup } from '../../../reports/markup.ts'
import { inlineMarkdown } from './markdown.ts'
import { sourceLine } from './requirement-section.ts'
import { linkToRule, nameOfRule, type PageRule } from './rules.ts'
import { excerptText } from './source-pages.ts'

/** The rules behind the requirements of a page; nothing where there are none. */
export const rulesSection = (rules: readonly PageRule[]): Markup | undefined =>
  rules.length === 0
    ? undefined
    : markup`<h2 id="rules"><a class="anchor" href="#rules">Rules</a> <span class="n">${rules.length}</span></h2>
<p>The executable specification decides these requirements. The reference server runs this code, and the property tests compare servers with it.</p>
${rules.map(ruleBlock)}`

const ruleBlock = ({ rule, ids }: PageRule): Markup =>
  markup`<details class="rule" id="${linkToRule(rule)}"><summary><code>${nameOfRule(rule)}</code> <span class="n">decides ${ids.length} ${ids.length === 1 ? 'requirement' : 'requirements'} of this page</span></summary><p>${inlineMarkdown(ids.join(', '))}</p>${excerptText(rule)}${sourceLine(rule)}</details>
`
