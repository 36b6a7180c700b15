import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallClient } from './clients.ts'

/** Reads the part of a snippet's file that pages show. Throws where the file has no such part, or more than one. */
export function snippetOf({ name, extension }: CallClient, operation: string): string {
  const file = `${name}/${operation}.${extension}`
  const lines = readFileSync(join(import.meta.dirname, file), 'utf8').split('\n')
  const marks = lines.flatMap((line, index) => (/^\s*(?:\/\/|#) (?:snippet|end)$/.test(line) ? [index] : []))
  const [start, end, ...more] = marks
  const isMarked = lines[start ?? -1]?.trim().endsWith('snippet') && lines[end ?? -1]?.trim().endsWith('end')
  if (start === undefined || end === undefined || more.length > 0 || !isMarked)
    throw new Error(`${file} must have one line "snippet" and, below it, one line "end", as comments`)
  return dedented(lines.slice(start + 1, end)).join('\n')
}

function dedented(lines: readonly string[]): readonly string[] {
  const margins = lines.filter((line) => line !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0)
  const margin = Math.min(...margins)
  return lines.map((line) => line.slice(margin))
}
