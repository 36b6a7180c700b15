import type { Io } from '../../kit/cli/command.ts'
import { messageOf } from '../../kit/message-of.ts'
import { RunEnded } from '../../kit/run-ended.ts'
import type { Launcher } from '../launch/launcher.ts'
import { endingOf } from '../run/stop-signal.ts'
import type { TargetPlan } from './plan-target.ts'

/**
 * Brings the target up, has it used and takes it down again, whatever happens in between. Throws `LaunchError`, or
 * a `RunEnded` where the user did not wait for it.
 */
export function withLauncher<T>(
  plan: TargetPlan,
  io: Io,
  use: (launcher: Launcher) => Promise<T>,
): Promise<T> {
  return withLauncherAnd(() => Promise.resolve(), plan, io, use)
}

/** As `withLauncher`, for a target that is used with something that takes a while to make: both come up at once. */
export async function withLauncherAnd<T, P>(
  prepare: () => Promise<P>,
  plan: TargetPlan,
  io: Io,
  use: (launcher: Launcher, prepared: P) => Promise<T>,
): Promise<T> {
  const launcher = await plan.createLauncher(io.env)
  const { dataDirectory } = launcher
  const forget = io.leaves?.(() => (dataDirectory === undefined ? undefined : `the data in ${dataDirectory}`))
  // A wrong word on the command line is not to wait for a server that is slow to start.
  const unprepared = new AbortController()
  try {
    const start = launcher
      .start(AbortSignal.any([io.interrupted, unprepared.signal]))
      .catch((error: unknown) => {
        if (!io.interrupted.aborted) throw error
        throw new RunEnded(endingOf(io.interrupted).message, launcher.endpoints.label)
      })
    const preparing = prepare().catch((error: unknown) => {
      unprepared.abort(error)
      throw error
    })
    const [prepared] = await Promise.all([preparing, start])
    return await use(launcher, prepared)
  } finally {
    await launcher.dispose().catch((error: unknown) => {
      const why = messageOf(error)
      io.err(`${io.program ?? 's2-conformance'}: the target could not be stopped: ${why}\n`)
    })
    forget?.()
  }
}
