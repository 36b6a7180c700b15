import type { Io } from '../../conformance/cli/command.ts'
import type { TargetPlan } from '../../conformance/commands/plan-target.ts'
import { withTarget } from '../../conformance/commands/with-target.ts'
import type { RunTarget } from '../../conformance/run/run-target.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { type RunLoad, runLoad } from '../run/run-load.ts'
import type { Workload } from '../workload/workload.ts'
import type { Arena } from './gate.ts'
import type { PlayRound, Side } from './play-rounds.ts'

export interface ArenaParts extends Omit<RunLoad, 'interrupted'> {
  readonly plans: Readonly<Record<Side, TargetPlan>>
  readonly token: string | undefined
  /** Of load on each server before its first round, which no round contains. */
  readonly settleSeconds: number
  readonly io: Io
  /** What else happened: a target that died, a basin that could not be deleted. */
  onNote(note: string): void
}

/** Servers of their own for each phase, which stay up from its first round to its last; each round has streams of its own. */
export function createArena({ plans, token, io, settleSeconds, onNote, ...load }: ArenaParts): Arena {
  const service = { token, budget: {}, resolutions: [], options: '' }
  const settling = { ...load.workload, seconds: settleSeconds, warmupSeconds: 0 }
  const play = (target: RunTarget, workload: Workload): Promise<LoadResult> =>
    runLoad(target, { ...load, workload, interrupted: io.interrupted })
  // A record that was lost before the first round is lost all the same: that is what this side shows then.
  const sideOf = async (target: RunTarget): Promise<PlayRound> => {
    const settled = settleSeconds > 0 ? await play(target, settling) : undefined
    return settled?.integrity.verdict === 'violated'
      ? () => Promise.resolve(settled)
      : () => play(target, load.workload)
  }
  const bring: typeof withTarget = async (plan, asked, world, use) => {
    const used = await withTarget(plan, asked, world, use)
    for (const note of used.notes) onNote(note)
    return used
  }
  return {
    async open(sides, use) {
      const { recorded } = await bring(plans[sides.base], service, io, async (base) => {
        const inner = await bring(plans[sides.head], service, io, async (head) => {
          return await use({ base: await sideOf(base), head: await sideOf(head) })
        })
        return inner.recorded
      })
      return recorded
    },
  }
}
