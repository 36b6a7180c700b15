import type { Io } from '../../../kit/cli/command.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import type { Requirement } from '../../check/requirement.ts'
import { estimate } from '../../run/costs.ts'

export interface Intent {
  readonly selected: readonly Requirement[]
  readonly unselected: number
  readonly firstTransportOnly: boolean
  /** What it says of itself on a command line. */
  readonly target: string
  readonly profile: string
  readonly basin: string | undefined
}

/** What a run would do, from what is known here: nothing is sent. */
export function tellIntent(intent: Intent, io: Pick<Io, 'out'>): void {
  const { rows, checks, requests, bytes, unmeasured, seconds } = estimate(
    intent.selected,
    intent.firstTransportOnly,
  )
  const basins =
    intent.basin === undefined
      ? 'basins and streams of its own, named s2c-…, deleted in the end'
      : `streams of its own in basin ${intent.basin}, named s2c-…, deleted in the end`
  const guess =
    unmeasured === 0 ? '' : `; guessed for ${howMany(unmeasured, 'rows')} that nobody has measured`
  io.out(
    [
      `target    ${intent.target === '' ? 'the reference server that comes with the suite' : intent.target}`,
      `profile   ${intent.profile}`,
      `rows      ${rows}, in ${howMany(checks, 'checks')}; ${intent.unselected} not selected`,
      `asks      about ${howMany(requests, 'requests')} and ${mebibytes(bytes)} of bodies, as measured on the reference server${guess}`,
      `makes     ${basins}`,
      `takes     at least ${seconds} s, the wait of the row that waits longest`,
      'nothing was sent',
      '',
    ].join('\n'),
  )
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`
