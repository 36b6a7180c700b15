import { plainJson } from '../kit/text/plain.ts'
import type { RunResult } from './result.ts'

export const name = 'json'
export const extension = '.json'

/** The whole result, indented, keys in the order of the model; 64-bit integers bare and exact. */
export function render(result: RunResult): string {
  const text = JSON.stringify(
    result,
    (_, value: unknown) => (typeof value === 'bigint' ? rawJson(value) : value),
    2,
  )
  return `${plainJson(text)}\n`
}

const rawJson = (value: bigint): object =>
  (JSON as unknown as { rawJSON(text: string): object }).rawJSON(String(value))
