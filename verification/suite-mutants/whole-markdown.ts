import type { WholeEntry, WholeMatrix } from './whole-matrix.ts'

/** What the matrix says of one requirement that every defect was tried by. */
interface Sight {
  readonly id: string
  readonly notices: number
  /** Defects that had a hand in what it looked at. */
  readonly meets: number
}

export function sightsOf({ requirements, defects }: WholeMatrix): readonly Sight[] {
  const entries = Object.values(defects)
  const count = (id: string, lists: (entry: WholeEntry) => readonly (readonly string[])[]): number =>
    entries.filter((entry) => lists(entry).some((list) => list.includes(id))).length
  return requirements.map((id) => ({
    id,
    notices: count(id, ({ claimedBy, noticedBy }) => [claimedBy, noticedBy]),
    meets: count(id, ({ claimedBy, inVain, noticedBy, unnoticedBy, unclear }) => [
      claimedBy,
      inVain,
      noticedBy,
      unnoticedBy,
      unclear,
    ]),
  }))
}

export function summaryOf(matrix: WholeMatrix): string {
  const entries = Object.values(matrix.defects)
  const killed = entries.filter(({ fate }) => fate === 'killed').length
  const cells = entries.flatMap(({ claimedBy, inVain, noticedBy, unnoticedBy, unclear }) => [
    claimedBy.length + noticedBy.length,
    inVain.length + unnoticedBy.length + unclear.length,
  ])
  const noticed = cells.filter((_, index) => index % 2 === 0).reduce((sum, each) => sum + each, 0)
  const met = cells.reduce((sum, each) => sum + each, 0)
  return `${entries.length} defects, ${killed} of them killed; ${matrix.requirements.length} requirements; they met ${met} times, and ${noticed} times it was noticed`
}

/** What there is by now, which may be more than was tried. */
export interface Today {
  readonly defects: readonly string[]
  readonly requirements: readonly string[]
  /** Ids of the requirements of the level MUST that no defect claims. */
  readonly unclaimed: readonly string[]
}

/** Defects and requirements that the matrix does not know. */
export function newerThan({ defects, requirements, left }: WholeMatrix, now: Today): readonly string[] {
  const known = new Set([...Object.keys(defects), ...requirements, ...Object.keys(left)])
  return [...now.defects, ...now.requirements].filter((each) => !known.has(each))
}

/** For people: who sees each defect, and who sees nothing. */
export function wholeToMarkdown(matrix: WholeMatrix, now: Today): string {
  const names = Object.keys(matrix.defects).toSorted()
  const rows = names.map((name) => {
    const entry = matrix.defects[name]
    return entry === undefined ? '' : row(name, entry)
  })
  const newer = newerThan(matrix, now)
  const alone = names.filter((name) => matrix.defects[name]?.noticedBy.length === 0)
  const sights = sightsOf(matrix)
  const blind = sights.filter(({ notices, meets }) => notices === 0 && meets > 0)
  const untried = sights.filter(({ meets }) => meets === 0)
  const pending = Object.keys(matrix.pending).length
  return [
    '# Which requirement sees which defect',
    '',
    ...(pending === 0
      ? []
      : [
          `**Not whole yet: ${pending} defects are still to be tried.** The same call goes on with them.`,
          '',
        ]),
    `${summaryOf(matrix)}. Made by \`npm run verify -- mutants --full --out FILE\`.`,
    '',
    'A defect *meets* a requirement when it decides something while that is checked; until then its server is the healthy one, so what it does not',
    'meet it cannot be seen by. Those of access tokens, of crashes and of storage that stalls meet all that is about a server of their kind. The last',
    'column has the requirements that claim the defect: each of them must catch it by itself.',
    '',
    `**Seen by nobody but those that claim them:** ${listOf(alone)}`,
    '',
    `**Requirements that notice none of those that they meet,** and how many these are: ${listOf(blind.map(({ id, meets }) => `${id} (${meets})`))}`,
    '',
    `**Requirements that meet none:** ${listOf(untried.map(({ id }) => id))}`,
    '',
    `**Tried only with the defects that they claim:** ${leftBy(matrix.left)}`,
    '',
    `**Of the level MUST, and claimed by no defect,** ${now.unclaimed.length}: ${listOf(now.unclaimed)}`,
    '',
    `**Newer than this matrix,** ${newer.length}: ${listOf(newer)}`,
    '',
    '| defect | met | noticed | unclear | claimed by |',
    '| --- | ---: | ---: | ---: | --- |',
    ...rows,
    '',
  ].join('\n')
}

function row(name: string, entry: WholeEntry): string {
  const { fate, claimedBy, inVain, noticedBy, unnoticedBy, unclear } = entry
  const noticed = claimedBy.length + noticedBy.length
  const met = noticed + inVain.length + unnoticedBy.length + unclear.length
  const claims = [...claimedBy, ...inVain.map((id) => `${id} in vain`)].join(' ')
  return `| ${name}${fate === 'killed' ? '' : ` **${fate}**`} | ${met} | ${noticed} | ${unclear.length} | ${claims} |`
}

function leftBy(left: Readonly<Record<string, string>>): string {
  const reasons = Map.groupBy(Object.entries(left), ([, why]) => why.replace(/\d.*/, ''))
  return listOf(
    [...reasons].map(([why, all]) => `${why.trim()}: ${all.map(([id]) => id).join(' ')}`),
    '; ',
  )
}

const listOf = (words: readonly string[], between = ', '): string =>
  words.length === 0 ? 'none.' : `${words.join(between)}.`
