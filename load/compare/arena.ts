import type { Io } from '../../conformance/cli/command.ts'
import type { TargetPlan } from '../../conformance/commands/plan-target.ts'
import { withTarget } from '../../conformance/commands/with-target.ts'
import { type RunLoad, runLoad } from '../run/run-load.ts'
import type { Arena } from './gate.ts'
import type { Side } from './play-rounds.ts'

export interface ArenaParts extends Omit<RunLoad, 'interrupted'> {
  readonly plans: Readonly<Record<Side, TargetPlan>>
  readonly token: string | undefined
  readonly io: Io
  /** What else happened: a target that died, a basin that could not be deleted. */
  onNote(note: string): void
}

/** Servers of their own for each phase, which stay up from its first round to its last; each round has streams of its own. */
export function createArena({ plans, token, io, onNote, ...load }: ArenaParts): Arena {
  const service = { token, budget: {}, resolutions: [], options: '' }
  const bring: typeof withTarget = async (plan, asked, world, use) => {
    const used = await withTarget(plan, asked, world, use)
    for (const note of used.notes) onNote(note)
    return used
  }
  return {
    async open(sides, use) {
      const { recorded } = await bring(plans[sides.base], service, io, async (base) => {
        const inner = await bring(plans[sides.head], service, io, (head) =>
          use({
            base: () => runLoad(base, { ...load, interrupted: io.interrupted }),
            head: () => runLoad(head, { ...load, interrupted: io.interrupted }),
          }),
        )
        return inner.recorded
      })
      return recorded
    },
  }
}
