import { writeFile } from 'node:fs/promises'
import type { Command } from '../cli/command.ts'
import { requirements } from '../requirements/index.ts'
import { UsageError } from '../usage-error.ts'
import { canary } from './canary.ts'
import type { Defect } from './defect.ts'
import { defects } from './index.ts'
import { countOf } from './matrix.ts'
import { renderCount, renderEntry, renderHealthy, renderKinds } from './render.ts'
import { tryAll } from './try-all.ts'
import { matrixToJson, matrixToMarkdown, triable } from './whole-matrix.ts'

/** Of every area one that is quick: how far a defect is seen beyond the requirements that claim it. */
export const CROSS_SECTION: readonly string[] = [
  'RTE-006',
  'REC-007',
  'APP-001',
  'APP-013',
  'CMD-014',
  'READ-004',
  'READ-020',
  'TAIL-003',
  'SSE-003',
  'S2S-021',
  'AUT-002',
  'CP-BAS-010',
]

export const command: Command = {
  name: 'defects',
  summary: 'tests the suite by servers that are wrong on purpose: which requirement catches which defect',
  options: [
    { name: 'only', value: 'NAME', multiple: true, help: 'only this defect; may be given more than once' },
    { name: 'full', help: 'try every defect by every requirement that does not wait for long (hours)' },
    { name: 'out', value: 'FILE', help: 'where --full writes the matrix, as FILE.json and FILE.md' },
  ],
  examples: ['defects', 'defects -- --only tail-goes-back'],
  async run(given, io) {
    const chosen = choose(given.all('only'))
    const isFull = given.flag('full')
    const file = given.text('out')
    if (isFull !== (file !== undefined)) throw new UsageError('--full and --out are given together')
    const crossSection = isFull ? triable(requirements) : CROSS_SECTION
    const width = Math.max(...[canary, ...chosen].map(({ name }) => name.length))
    const matrix = await tryAll({
      canary,
      defects: chosen,
      requirements,
      crossSection,
      onHealthy: (healthy) => io.out(`${renderHealthy(healthy)}\n`),
      onEntry: (entry) => io.out(`${renderEntry(entry, width)}\n`),
    })
    if (file !== undefined) {
      await writeFile(`${file}.json`, matrixToJson(matrix, crossSection.length))
      await writeFile(`${file}.md`, matrixToMarkdown(matrix, crossSection.length))
    }
    io.out(`${renderKinds(chosen)}\n${renderCount(matrix)}\n`)
    return countOf(matrix).failed === 0 ? 0 : 1
  },
}

function choose(names: readonly string[]): readonly Defect[] {
  const stray = names.find((name) => !defects.some((defect) => defect.name === name))
  if (stray !== undefined) {
    const known = defects.map(({ name }) => name).join(', ')
    throw new UsageError(`there is no defect "${stray}": there are ${known}`)
  }
  return names.length === 0 ? defects : defects.filter(({ name }) => names.includes(name))
}
