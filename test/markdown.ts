import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root: string = resolve(import.meta.dirname, '..')

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

/** What stands in fences of this language. */
export const blocksIn = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((match) =>
    (match[1] ?? '').trim(),
  )

export const withoutFences = (text: string): string => text.replace(/^```.*?^```/gms, '')

/** What stands in backticks, each once, fences aside. */
export const inlineIn = (text: string): readonly string[] => [
  ...new Set(
    [...withoutFences(text).matchAll(/`([^`]+)`/g)].map((match) => (match[1] ?? '').replace(/\s+/g, ' ')),
  ),
]

const COMMAND =
  /^(?:npm|npx|bash|node|s2-(?:conformance|load|reference-server)) |^(?:scripts|verification)\/[\w/-]+\.sh\b/

/** Every command that a page tells to type, in a fence or in a sentence, each once and on one line. */
export const commandsIn = (text: string): readonly string[] => [
  ...new Set([
    ...blocksIn(text, 'sh').flatMap((block) =>
      block
        .replace(/\\\n\s*/g, '')
        .split('\n')
        .filter((line) => !line.startsWith('#')),
    ),
    ...inlineIn(text).filter((inline) => COMMAND.test(inline)),
  ]),
]

/** As a shell would part a command, quotes taken off. */
export const wordsIn = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|"([^"]*)"|\S+/g)].map(([word, single, double]) => single ?? double ?? word)
