import type { TargetPlan } from '../../client/command/plan-target.ts'
import { UNLIMITED } from '../../client/command/service-options.ts'
import { withTarget } from '../../client/command/with-target.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import type { Io } from '../../kit/cli/command.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { bounded } from '../run/coordinator/bounded-wire.ts'
import { type RunLoad, runLoad } from '../run/run-load.ts'
import type { Workload } from '../workload/workload.ts'
import type { Arena } from './gate.ts'
import type { PlayRound, Side } from './play-rounds.ts'

export interface ArenaParts extends Omit<RunLoad, 'interrupted'> {
  readonly plans: Readonly<Record<Side, TargetPlan>>
  readonly token: string | undefined
  /** Of load on each server whenever it was started, which no round contains. */
  readonly settleSeconds: number
  readonly io: Io
  /** What else happened: a target that died, a basin that could not be deleted. */
  onNote(note: string): void
}

/** A server that runs, and the signal that ends its load. */
interface Brought {
  readonly target: RunTarget
  readonly interrupted: AbortSignal
}

/** Starts servers by turns, now the one first and now the other; each round has streams of its own. */
export function createArena({ plans, token, io, settleSeconds, onNote, ...load }: ArenaParts): Arena {
  const service = { ...UNLIMITED, bound: bounded, token }
  const settling = { ...load.workload, seconds: settleSeconds, warmupSeconds: 0 }
  const play = ({ target, interrupted }: Brought, workload: Workload): Promise<LoadResult> =>
    runLoad(target, { ...load, workload, interrupted })
  // A record that was lost before the first round is lost all the same: that is what this side shows then.
  const sideOf = async (brought: Brought): Promise<PlayRound> => {
    const settled = settleSeconds > 0 ? await play(brought, settling) : undefined
    return settled?.integrity.verdict === 'violated'
      ? () => Promise.resolve(settled)
      : () => play(brought, load.workload)
  }
  const bring = async <T>(plan: TargetPlan, use: (brought: Brought) => Promise<T>): Promise<T> => {
    const { recorded, notes } = await withTarget(plan, service, io, (target, interrupted) =>
      use({ target, interrupted }),
    )
    for (const note of notes) onNote(note)
    return recorded
  }
  return {
    open({ base, head, number }, use) {
      const isTurned = number % 2 === 1
      const [first, second] = isTurned ? [head, base] : [base, head]
      return bring(plans[first], (outer) =>
        bring(plans[second], async (inner) => {
          const one = await sideOf(outer)
          const other = await sideOf(inner)
          return await use(isTurned ? { base: other, head: one } : { base: one, head: other })
        }),
      )
    },
  }
}
