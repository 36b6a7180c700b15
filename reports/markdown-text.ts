/** Escapes text from a target, in which nothing may act as Markdown. Words with a link or a mention become code. */
export const text = (given: string): string =>
  given
    .replace(/\s+/g, ' ')
    .split(WORD)
    .map((part, index) => (index % 2 === 1 && LINKED.test(part) ? `\`${part}\`` : escaped(part)))
    .join('')

/** A pipe would end the cell of a table, and a backtick the code. */
const WORD = /([^\s|`]+)/
/** Renderers find these in text too, where a backslash does not prevent it. */
const LINKED = /:\/\/|www\.|mailto:|xmpp:|@/i

const escaped = (given: string): string => inHtml(given.replace(/[\\`*_{}[\]()#+!|~$@]/g, '\\$&'))

/** Within a tag GitHub reads HTML and no Markdown. */
export const inHtml = (given: string): string =>
  given.replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
