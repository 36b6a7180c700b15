import type { Io } from '../../kit/cli/command.ts'
import { realClock } from '../../kit/clock.ts'
import { createInventory } from '../inventory.ts'
import { createRedactor } from '../redact.ts'
import { cleanUp } from '../run/clean-up.ts'
import { leftoverResources } from '../run/leftovers.ts'
import { openConnections } from '../run/open-connections.ts'
import { prepareTarget } from '../run/prepare-target.ts'
import type { RunTarget } from '../run/run-target.ts'
import { stopSignal } from '../run/stop-signal.ts'
import { TargetError } from '../target-error.ts'
import type { TargetPlan } from './plan-target.ts'
import { newRunId } from './run-id.ts'
import type { Service } from './service-options.ts'
import { withLauncher } from './with-launcher.ts'

export interface Used<T> {
  readonly recorded: T
  /** What else happened: clean-up that did not work, a target that died. */
  readonly notes: readonly string[]
  readonly label: string
}

/**
 * Brings a target up, has it used until the signal says that enough has been asked of it, deletes what was made on it and
 * takes it down again, whatever happens in between. Throws `LaunchError`, `UnusableTargetError` or `RunEnded`.
 */
export async function withTarget<T>(
  plan: TargetPlan,
  { token, ...service }: Service & { readonly token: string | undefined },
  io: Io,
  use: (target: RunTarget, signal: AbortSignal) => Promise<T>,
): Promise<Used<T>> {
  const redactor = createRedactor([token])
  const runId = newRunId()
  const inventory = createInventory(runId)
  const notes: string[] = []
  return await withLauncher(plan, io, async (launcher) => {
    const end = stopSignal(io.interrupted)
    const manner = { ...service, token, runId }
    const { connections, notes: wayNotes, close } = openConnections(launcher, realClock, manner, end.end)
    notes.push(...wayNotes)
    const forget = io.leaves?.(() => leftoverResources(launcher, inventory, connections.only))
    try {
      const target = await prepareTarget({ connections, launcher, inventory, redactor, signal: end.signal })
      const recorded = await use(target, end.signal)
      if (launcher.death !== undefined) notes.push(redactor.text(`the target died: ${launcher.death}`))
      return { recorded, notes, label: connections.endpoints.label }
    } catch (error) {
      // A target that is silent when the run ends is not why the run ended.
      throw error instanceof TargetError && end.signal.aborted ? end.signal.reason : error
    } finally {
      end.release()
      notes.push(...(await cleanUp(connections, inventory, redactor)))
      await close()
      forget?.()
    }
  })
}
