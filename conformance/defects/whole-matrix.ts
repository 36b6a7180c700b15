import type { Capability, Requirement } from '../requirement.ts'
import { countOf, type Entry, type Matrix } from './matrix.ts'
import { isSlow } from './try-all.ts'

/** What the reference server serves as it is tried: a row that needs more has no verdict here. */
const SERVED: readonly Capability[] = ['basins', 'encryption', 'access-tokens', 'metrics', 'http2']

/** Ids of the requirements that every defect can be tried by: those that neither wait for long nor want another server. */
export const triable = (requirements: readonly Requirement[]): readonly string[] =>
  requirements
    .filter((requirement) => !isSlow(requirement) && requirement.unless === undefined)
    .filter(({ needs }) => needs.every((need) => SERVED.includes(need)))
    .map(({ id }) => id)

/** Of every defect the requirements that blame its server, those that claim it first. */
export const matrixToJson = (matrix: Matrix, triedBy: number): string =>
  `${JSON.stringify({ triedBy, ...countOf(matrix), defects: Object.fromEntries([matrix.canary, ...matrix.entries].map(toPair)) }, undefined, 1)}\n`

const toPair = (entry: Entry): [string, object] => [
  entry.name,
  { fate: entry.fate, claimedBy: killersOf(entry), noticedBy: entry.noticedBy },
]

const killersOf = ({ claims }: Entry): readonly string[] =>
  claims.filter(({ kills }) => kills).map(({ id }) => id)

/** The same for people: how many requirements see each defect. */
export function matrixToMarkdown(matrix: Matrix, triedBy: number): string {
  const { passed, failed } = countOf(matrix)
  const rows = [matrix.canary, ...matrix.entries].map(
    (entry) =>
      `| ${entry.name} | ${entry.fate} | ${killersOf(entry).join(' ')} | ${killersOf(entry).length + entry.noticedBy.length} |`,
  )
  return [
    '# Which requirement catches which defect',
    '',
    `Every defect was tried by ${triedBy} requirements: ${passed} passed, ${failed} failed.`,
    '',
    '| defect | fate | claimed by | seen by |',
    '| --- | --- | --- | ---: |',
    ...rows,
    '',
  ].join('\n')
}
