import { ALLOWED, type Allowance } from './allowed.ts'
import type { Trial } from './trial.ts'

/** What a run of trials comes to. */
export interface TamperVerdict {
  readonly counts: Readonly<Record<Count, number>>
  /** Each makes the run fail. */
  readonly complaints: readonly string[]
}

type Count = 'requirements' | 'altered' | 'live' | 'noticed' | 'recorded' | 'allowed' | 'open' | 'survived'

/** `${id} ${place} ${alteration}`, as the list of open ones has it. */
export const openKey = ({ id, place, alteration }: Trial['survivors'][number]): string =>
  `${id} ${place}: ${alteration}`

/** `whole`: everything was tried, so what excuses nothing is stale. */
export function verdictOf(trials: readonly Trial[], open: readonly string[], whole: boolean): TamperVerdict {
  const survivors = trials.flatMap((trial) =>
    trial.survivors.map((each) => ({ ...each, over: trial.transport })),
  )
  const excused = survivors.filter(({ allowed }) => allowed !== undefined)
  const known = survivors.filter((each) => each.allowed === undefined && open.includes(openKey(each)))
  const fresh = survivors.filter((each) => each.allowed === undefined && !open.includes(openKey(each)))
  const sum = (count: 'altered' | 'live' | 'noticed' | 'recorded'): number =>
    trials.reduce((total, trial) => total + trial[count], 0)
  const ids = new Set(trials.map(({ id }) => id))
  const used = new Set<Allowance | undefined>(excused.map(({ allowed }) => allowed))
  const seen = new Set(known.map(openKey))
  return {
    counts: {
      requirements: ids.size,
      altered: sum('altered'),
      live: sum('live'),
      noticed: sum('noticed'),
      recorded: sum('recorded'),
      allowed: excused.length,
      open: known.length,
      survived: fresh.length,
    },
    complaints: [
      ...trials.flatMap(({ id, transport, unfit, altered }) =>
        unfit !== undefined
          ? [`${id} over ${transport} cannot be tried: ${unfit}`]
          : altered === 0
            ? [`${id} over ${transport} looks at nothing that could be altered`]
            : [],
      ),
      ...fresh.map((each) => `${openKey(each)}: unnoticed over ${each.over}, ${each.why.slice(0, 300)}`),
      ...open
        .filter((key) => ids.has(key.split(' ')[0] ?? '') && !seen.has(key))
        .map((key) => `${key}: is noticed, take it off the list of open ones`),
      ...(whole ? ALLOWED.filter((allowance) => !used.has(allowance)) : []).map(
        ({ rows, place, alteration }) => `nothing is excused by ${rows} ${place}: ${alteration}`,
      ),
    ],
  }
}

export function renderCounts({ counts, complaints }: TamperVerdict): string {
  const { requirements, altered, live, noticed, recorded, allowed, open, survived } = counts
  return [
    `${requirements} requirements, ${altered} alterations (${live} of them played against the server)`,
    `${noticed} noticed, ${recorded} recorded, ${allowed} allowed, ${open} open, ${survived} unnoticed`,
    complaints.length === 0 ? 'passed' : `failed: ${complaints.length} complaints`,
  ].join('\n')
}
