import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requirements } from '../../conformance/requirements/index.ts'
import type { Command, Io } from '../../kit/cli/command.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { canary } from './canary.ts'
import type { Defect } from './defect.ts'
import { defects } from './index.ts'
import { countOf } from './matrix.ts'
import { renderCount, renderEntry, renderHealthy, renderKinds, unclaimedIds } from './render.ts'
import { tryAll } from './try-all.ts'
import { tryWhole } from './try-whole.ts'
import { newerThan, summaryOf, type Today, wholeToMarkdown } from './whole-markdown.ts'
import { parseWhole, type WholeMatrix, wholeToJson } from './whole-matrix.ts'

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

/** The whole matrix that is committed, without the ends of its two files. */
export const PUBLISHED: string = join(import.meta.dirname, '../../reports/published/defects')

export const command: Command = {
  name: 'mutants',
  summary: 'tests the suite by servers that are wrong on purpose: which requirement catches which defect',
  options: [
    { name: 'only', value: 'NAME', multiple: true, help: 'only this defect; may be given more than once' },
    { name: 'full', help: 'try every defect by every requirement that it meets (an hour); needs --out' },
    {
      name: 'out',
      value: 'FILE',
      help: 'where --full writes the matrix as it comes, as FILE.json and FILE.md; what is there already is not tried again',
    },
  ],
  examples: ['mutants', 'mutants --only tail-goes-back'],
  async run(given, io) {
    const chosen = choose(given.all('only'))
    const isFull = given.flag('full')
    const file = given.text('out')
    if (isFull !== (file !== undefined)) throw new UsageError('--full and --out are given together')
    if (file !== undefined) return await fillMatrix(file, chosen, io)
    const width = Math.max(...[canary, ...chosen].map(({ name }) => name.length))
    const matrix = await tryAll({
      canary,
      defects: chosen,
      requirements,
      crossSection: CROSS_SECTION,
      onHealthy: (healthy) => io.out(`${renderHealthy(healthy)}\n`),
      onEntry: (entry) => io.out(`${renderEntry(entry, width)}\n`),
    })
    const { length } = unclaimedIds(requirements, [canary, ...defects])
    io.out(
      `${renderKinds(chosen)}\n${length} requirements of the level MUST are claimed by none of ${defects.length}\n`,
    )
    const known = readMatrix(`${PUBLISHED}.json`)
    if (known !== undefined)
      io.out(
        `${newerThan(known, today()).length} defects and requirements are newer than the published matrix\n`,
      )
    io.out(`${renderCount(matrix)}\n`)
    return countOf(matrix).failed === 0 ? 0 : 1
  },
}

/** Writes what is known whenever there is more, so that a run may end before its time, and a later one goes on. */
async function fillMatrix(file: string, chosen: readonly Defect[], io: Io): Promise<number> {
  const write = (matrix: WholeMatrix): void => {
    writeFileSync(`${file}.json`, wholeToJson(matrix))
    writeFileSync(`${file}.md`, wholeToMarkdown(matrix, today()))
  }
  const matrix = await tryWhole({
    canary,
    defects: chosen,
    requirements,
    earlier: readMatrix(`${file}.json`),
    keep: write,
    say: (line) => io.out(`${line}\n`),
  })
  write(matrix)
  const fates = Object.values(matrix.defects).map(({ fate }) => fate)
  const killed = fates.filter((fate) => fate === 'killed').length
  io.out(`${summaryOf(matrix)}\n${killed} passed, ${fates.length - killed} failed\n`)
  return killed === fates.length ? 0 : 1
}

/** What a matrix would be of, if it were made today. */
export const today = (): Today => ({
  defects: [canary, ...defects].map(({ name }) => name),
  requirements: requirements.map(({ id }) => id),
  unclaimed: unclaimedIds(requirements, [canary, ...defects]),
})

/** Without the defects that are none any more; undefined if there is no such file. */
function readMatrix(file: string): WholeMatrix | undefined {
  if (!existsSync(file)) return undefined
  const names = new Set([canary, ...defects].map(({ name }) => name))
  const matrix = parseWhole(readFileSync(file, 'utf8'))
  const known = <Value>(pairs: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(Object.entries(pairs).filter(([name]) => names.has(name)))
  return { ...matrix, defects: known(matrix.defects), pending: known(matrix.pending) }
}

function choose(names: readonly string[]): readonly Defect[] {
  const stray = names.find((name) => !defects.some((defect) => defect.name === name))
  if (stray !== undefined) {
    const known = defects.map(({ name }) => name).join(', ')
    throw new UsageError(`there is no defect "${stray}": there are ${known}`)
  }
  return names.length === 0 ? defects : defects.filter(({ name }) => names.includes(name))
}
