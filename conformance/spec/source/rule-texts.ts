import { type Excerpt, lineAt, readSource, sourcesIn } from './check-texts.ts'

/** A docstring and the exported declaration below it, up to the line that closes it. */
const RULE = /^\/\*\*[\s\S]*?\*\/\nexport [^\n]*(?:\n(?![^\s)}\]]).*)*(?:\n[)}\]].*)?/gm
const IDS = /\b((?:CP-)?[A-Z0-9]+)-(\d{3})(?: to (?:(?:CP-)?[A-Z0-9]+)-(\d{3}))?\b/g

/** The rules of the executable specification whose docstrings name a row, by the id of that row. */
export async function ruleTexts(): Promise<ReadonlyMap<string, readonly Excerpt[]>> {
  const rules = new Map<string, Excerpt[]>()
  for (const file of await sourcesIn('reference-server/semantics')) {
    const text = await readSource(file)
    for (const match of text.matchAll(RULE)) {
      const [rule] = match
      const excerpt = { file, line: lineAt(text, match.index), text: rule }
      for (const id of idsIn(rule)) rules.set(id, [...(rules.get(id) ?? []), excerpt])
    }
  }
  return rules
}

/** Every id that a text names; `APP-046 to APP-048` names three. */
export function idsIn(text: string): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [, area = '', from = '', to = from] of text.matchAll(IDS)) {
    for (let number = Number(from); number <= Number(to); number++) {
      ids.add(`${area}-${String(number).padStart(3, '0')}`)
    }
  }
  return ids
}
