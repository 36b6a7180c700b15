import type { Row } from '../../catalogue/row.ts'
import type { Excerpt } from '../source/check-texts.ts'
import type { Facts } from './facts.ts'

/** A rule of the executable specification, and the rows of a page that name it. */
export interface PageRule {
  readonly rule: Excerpt
  readonly ids: readonly string[]
}

/** The rules behind the rows of a page, each once, in the order of the rows. */
export function rulesOn(rows: readonly Row[], { rulesOf }: Facts): readonly PageRule[] {
  const rules = new Map<string, { readonly rule: Excerpt; readonly ids: string[] }>()
  for (const { id } of rows) {
    for (const rule of rulesOf.get(id) ?? []) {
      const anchor = linkToRule(rule)
      const known = rules.get(anchor) ?? { rule, ids: [] }
      known.ids.push(id)
      rules.set(anchor, known)
    }
  }
  return [...rules.values()]
}

/** The declared name. */
export function nameOfRule({ text }: Excerpt): string {
  const [, name = 'rule'] =
    /^export (?:async )?(?:const|function|type|interface|class) (\w+)/m.exec(text) ?? []
  return name
}

/** The anchor of a rule on a page: its file and its name. */
export const linkToRule = (rule: Excerpt): string =>
  `rule-${rule.file.replace(/^.*\//, '').replace(/\.ts$/, '')}-${nameOfRule(rule)}`
