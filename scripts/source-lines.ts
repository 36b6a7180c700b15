/**
 * Finds the lines of the declarations that the catalogue's sources name, in a clone of S2's repository, and writes
 * `conformance/spec/source/lines.json`: `npx node scripts/source-lines.ts GIT_DIR TAG`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogue } from '../conformance/catalogue/catalogue.ts'

const [gitDir = '', tag = ''] = process.argv.slice(2)
const NAMED = /`([\w/.-]+\.rs)` `(\w+)/g

const lines: Record<string, Record<string, number>> = {}
for (const { source } of catalogue) {
  for (const [, file = '', name = ''] of source.matchAll(NAMED)) {
    const line = lineIn(file, name)
    if (line !== undefined) lines[file] = { ...lines[file], [name]: line }
  }
}
const out = join(import.meta.dirname, '../conformance/spec/source/lines.json')
writeFileSync(out, `${JSON.stringify(lines, undefined, 2)}\n`)

/** The line of the declaration, else of the first mention. */
function lineIn(file: string, name: string): number | undefined {
  const text = execFileSync('git', ['--git-dir', gitDir, 'show', `${tag}:${file}`], { encoding: 'utf8' })
  const all = text.split('\n')
  const declared = all.findIndex((line) =>
    new RegExp(`\\b(fn|struct|enum|const|type|impl|mod) ${name}\\b`).test(line),
  )
  const found = declared >= 0 ? declared : all.findIndex((line) => line.includes(name))
  return found < 0 ? undefined : found + 1
}
