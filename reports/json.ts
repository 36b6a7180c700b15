import { plainJson } from '../kit/text/plain.ts'
import { isReproducible, reproduceCommand } from './reproduce.ts'
import type { RunResult } from './result.ts'

export const name = 'json'
export const extension = '.json'

/**
 * Renders the whole result, indented, with keys in the order of the model. 64-bit integers are bare and exact. Each row
 * that ran and did not pass gets the command that reproduces it.
 */
export function render(result: RunResult): string {
  const results = result.results.map((row) =>
    isReproducible(row) ? { ...row, reproduce: reproduceCommand(result, row) } : row,
  )
  const text = JSON.stringify(
    { ...result, results },
    (_, value: unknown) => (typeof value === 'bigint' ? rawJson(value) : value),
    2,
  )
  return `${plainJson(text)}\n`
}

const rawJson = (value: bigint): object =>
  (JSON as unknown as { rawJSON(text: string): object }).rawJSON(String(value))
