import type { Io } from '../cli/command.ts'
import { Interrupted } from '../run/judge.ts'
import type { Launcher } from '../target/launch/launcher.ts'
import type { TargetPlan } from './plan-target.ts'

/**
 * Brings the target up, has it used and takes it down again, whatever happens in between. Throws `LaunchError`, or
 * `Interrupted` where the user did not wait for it.
 */
export async function withLauncher<T>(
  plan: TargetPlan,
  io: Io,
  use: (launcher: Launcher) => Promise<T>,
): Promise<T> {
  const launcher = await plan.createLauncher(io.env)
  try {
    await launcher.start(io.interrupted).catch((error: unknown) => {
      throw io.interrupted.aborted ? new Interrupted() : error
    })
    return await use(launcher)
  } finally {
    await launcher.dispose().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      io.err(`s2-conformance: the target could not be taken down: ${why}\n`)
    })
  }
}
