import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root: string = resolve(import.meta.dirname, '..')

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

/** What stands in fences of this language. */
export const blocksIn = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((match) =>
    (match[1] ?? '').trim(),
  )

/** What stands in backticks, each once, fences aside. */
export const inlineIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.replace(/^```.*?^```/gms, '').matchAll(/`([^`]+)`/g)].map((match) =>
      (match[1] ?? '').replace(/\s+/g, ' '),
    ),
  ),
]
