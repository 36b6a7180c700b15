import type { Outcome, SimulationOptions } from './simulate.ts'

/** Of a run, at most so many violations are shown: the first are the cause, the rest follow from it. */
const MOST = 5

/** What was found, and the command that runs the same again, event for event. */
export function describeFailure(
  { seed, violations, digest }: Outcome,
  options: Pick<SimulationOptions, 'bug' | 'lyingDisk'> = {},
): string {
  const shown = violations.slice(0, MOST).map(({ judge, what }) => `  ${judge}: ${what}`)
  const more = violations.length - shown.length
  return [
    `seed ${seed}: ${violations.length} violations, trace ${digest}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
    `  again: ${commandOf(seed, options)}`,
  ].join('\n')
}

function commandOf(seed: number, { bug, lyingDisk }: Pick<SimulationOptions, 'bug' | 'lyingDisk'>): string {
  const broken = lyingDisk === true ? ' --lying-disk' : bug === undefined ? '' : ` --bug ${bug.name}`
  return `npm run verify -- simulate --seeds 1 --from ${seed}${broken} --trace`
}
