import type { Requirement } from '../../conformance/check/requirement.ts'
import type { Defect, Only } from './defect.ts'
import { linesOfAgain } from './judge-again.ts'
import { accusationsOf, countOf, type Entry, type Matrix } from './matrix.ts'
import type { Trial } from './trial.ts'

/** One line of the matrix; `width` is that of the longest name. */
export function renderEntry(entry: Entry, width: number): string {
  const { name, claims, firings, noticedBy, unnoticedBy, unclear } = entry
  const killers = claims.filter(({ kills }) => kills).map(({ id }) => id)
  const vain = claims.filter(({ kills }) => !kills).map(({ id, verdict }) => `${id} (${verdict})`)
  const beside = noticedBy.length + unnoticedBy.length + unclear.length
  const parts = [
    killers.length === 0 ? 'by none' : `by ${killers.join(' ')}`,
    ...(vain.length === 0 ? [] : [`claims in vain: ${vain.join(' ')}`]),
    `beside them ${noticedBy.length} of ${beside}`,
  ]
  const fate = entry.fate === 'killed' ? entry.fate : entry.fate.toUpperCase()
  const line = `${fate.padEnd(8)}  ${name.padEnd(width)}  fired ${String(firings).padStart(4)}  ${parts.join('; ')}`
  return [line, ...entry.again].join('\n')
}

export function renderHealthy(healthy: Trial): string {
  const accusations = accusationsOf(healthy)
  const { length } = healthy.results
  const again = linesOfAgain(healthy)
  if (accusations.length === 0) return [`healthy   ${length} requirements pass`, ...again].join('\n')
  const lines = accusations.map(({ id, verdict, reason = 'no reason' }) => `  ${id} ${verdict}: ${reason}`)
  return [`ACCUSED   ${lines.length} of ${length} requirements do not pass:`, ...lines, ...again].join('\n')
}

/** How many there are of each kind that few look for. */
export function renderKinds(defects: readonly Pick<Defect, 'only'>[]): string {
  const counts = Object.entries(KINDS).map(([only, where]) => {
    const { length } = defects.filter((defect) => defect.only === only)
    return `${length} ${where}`
  })
  return `of ${defects.length} defects seen only in places: ${counts.join(', ')}`
}

/** Ids of the requirements of the level MUST that catch what no defect shows by itself. */
export function unclaimedIds(
  requirements: readonly Pick<Requirement, 'id' | 'level'>[],
  defects: readonly Pick<Defect, 'kills'>[],
): readonly string[] {
  const claimed = new Set(defects.flatMap(({ kills }) => kills))
  return requirements.filter(({ id, level }) => level === 'MUST' && !claimed.has(id)).map(({ id }) => id)
}

const KINDS: Readonly<Record<Only, string>> = {
  concurrency: 'where requests overlap',
  limit: 'at a limit',
  crash: 'after a crash or restart',
  transport: 'on some of the transports',
}

/** The last line counts every defect, the canary and the healthy server. */
export function renderCount(matrix: Matrix): string {
  const { passed, failed } = countOf(matrix)
  const note = matrix.canary.fate === 'killed' ? [] : ['the canary lives: the run is void']
  return [...note, `${passed} passed, ${failed} failed`].join('\n')
}
