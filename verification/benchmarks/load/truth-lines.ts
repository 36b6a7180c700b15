import { type Compared, isWithin, QUANTILES } from './truth-compare.ts'
import { disturbanceLines } from './truth-disturbance.ts'
import { type Pair, quantilesOf } from './truth-pairs.ts'
import type { TruthRun } from './truth-run.ts'

const ms = (microseconds: number): string => (microseconds / 1000).toFixed(3).padStart(9)
const name = (quantile: number): string => `p${Number((quantile * 100).toFixed(1))}`

/** What was measured beside what is true, in milliseconds, and what the run said of itself. */
export function comparedLines(
  compared: readonly Compared[],
  run: Omit<TruthRun, 'response'>,
): readonly string[] {
  const { judged, disturbance, pairs, planned } = run
  const isPaired = compared.some(({ pairwise }) => pairwise !== undefined)
  return [
    `          truth measured  differ. ${isPaired ? '  paired ' : ''}  allowed   ms`,
    ...compared.map((each) => {
      const { quantile, truth, measured, allowed, pairwise } = each
      const paired = pairwise === undefined ? '' : ms(pairwise)
      return `  ${name(quantile).padEnd(6)}${ms(truth)}${ms(measured)}${ms(measured - truth)}${paired}${ms(allowed)}   ${isWithin(each) ? 'within' : 'BEYOND'}`
    }),
    `  ${pairs.length} of ${planned} measured, ${verdictOn(compared, run)}`,
    ...judged.reasons.map((reason) => `    - ${reason}`),
    ...disturbanceLines(disturbance),
  ]
}

const isTrue = (
  compared: readonly Compared[],
  { pairs, planned }: Pick<TruthRun, 'pairs' | 'planned'>,
): boolean => pairs.length === planned && compared.every(isWithin)

/** A figure that is not true, or lacks one that was planned, and is called valid is what must not be. */
export const isBug = (compared: readonly Compared[], run: Omit<TruthRun, 'response'>): boolean =>
  run.judged.verdict === 'VALID' && !isTrue(compared, run)

function verdictOn(compared: readonly Compared[], run: Omit<TruthRun, 'response'>): string {
  const found = compared.every(isWithin) ? 'all within' : 'some BEYOND'
  const said = `the run called itself ${run.judged.verdict}`
  return isBug(compared, run) ? `${found}, and ${said}: A BUG` : `${found}; ${said}`
}

const PARTS: readonly (readonly [what: string, of: (pair: Pair) => number])[] = [
  ['sent after the plan', ({ lagUs }) => lagUs],
  ['sent until seen', ({ thereUs }) => thereUs],
  ['of it the server looked away', ({ unseenUs }) => Math.max(0, unseenUs)],
  ['the server late itself', ({ lateUs }) => lateUs],
  ['answered until taken', ({ backUs }) => backUs],
]

/** Where the time between plan and answer was lost. */
export const partLines = (pairs: readonly Pair[]): readonly string[] =>
  PARTS.map(([what, of]) => {
    const at = quantilesOf(pairs.map(of))
    return `  ${what.padEnd(30)}${QUANTILES.map((quantile) => `${name(quantile)}${ms(at(quantile))}`).join('  ')}`
  })
