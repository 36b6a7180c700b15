/** Text that is HTML or XML already. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Value = string | number | Markup | undefined | readonly Value[]

/** A template of HTML or XML: what is filled in is escaped unless it is `Markup`; lists are joined, undefined is nothing. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.map((part, index) => part + render(values[index])).join(''))
}

/** As it is: for style and script, and for nothing that came from a target. */
export const raw = (text: string): Markup => new Markup(text)

function render(value: Value): string {
  if (value === undefined) return ''
  if (value instanceof Markup) return value.text
  return typeof value === 'object' ? value.map(render).join('') : escaped(String(value))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that no text format takes: half of a pair, and those that XML 1.0 cannot hold in any form. */
export const holdable = (text: string): string => text.toWellFormed().replace(UNPRINTABLE, '\ufffd')

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones it is about
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const escaped = (text: string): string =>
  holdable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
