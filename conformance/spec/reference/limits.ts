import * as limits from '../../../proto/limits.ts'
import { readSource } from '../source/check-texts.ts'

export interface Limit {
  readonly name: string
  /** Markdown: the docstring, which names rows. */
  readonly text: string
  readonly value: string
}

/** The exported numbers of `proto/limits.ts`, with their docstrings. */
export async function apiLimits(): Promise<readonly Limit[]> {
  const source = await readSource('proto/limits.ts')
  const values: Readonly<Record<string, unknown>> = limits
  let text = ''
  return source.split('\n').flatMap((line) => {
    text = /^\/\*\* (.*) \*\/$/.exec(line)?.[1] ?? text
    const name = /^export const (\w+)/.exec(line)?.[1]
    return name === undefined ? [] : [{ name, text, value: shown(values[name]) }]
  })
}

function shown(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'number') return value.toLocaleString('en')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, each]) => `${key} ${shown(each)}`)
      .join(', ')
  }
  return String(value)
}
