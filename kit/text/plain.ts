/** Control characters except the newline, line separators, controls of the writing direction, and invisible tags. */
const UNSAFE = /[^\P{Cc}\n]|[\u2028\u2029\p{Bidi_Control}\u{e0000}-\u{e007f}]/gu
/** A line that a CI system reads as a command: GitHub's, and those of Azure and TeamCity. */
const COMMAND = /(?<=^[^\S\n]*):(?=:)|#(?=#(?:vso|teamcity)?\[)/gm

/**
 * Makes text from elsewhere harmless to a terminal and to the log of a CI job: characters that either obeys are shown as
 * escapes, such as `\x1b`. Newlines stay.
 */
export const plain = (text: string): string => text.replace(UNSAFE, escaped).replace(COMMAND, escaped)

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  if (code > 0xffff) return `\\u{${code.toString(16)}}`
  return code > 0xff ? `\\u${hex(code, 4)}` : `\\x${hex(code, 2)}`
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')

/** The same in one line: a newline becomes `\n`, so that the text cannot begin a line. */
export const oneLine = (text: string): string => plain(text.replaceAll('\n', '\\n'))

/** What `JSON.stringify` leaves as it is and a terminal or a log obeys, as JSON escapes: the value stays the same. */
export const plainJson = (json: string): string =>
  json.replace(UNSAFE_IN_JSON, (character) =>
    character.split('').reduce((escapes, unit) => `${escapes}\\u${hex(unit.charCodeAt(0), 4)}`, ''),
  )

/** Outside of its strings JSON has none of these. */
const UNSAFE_IN_JSON =
  /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}\u{e0000}-\u{e007f}]|#(?=#(?:vso|teamcity)?\[)/gu
