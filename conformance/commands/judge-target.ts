import { randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TargetPlan } from '../../client/command/plan-target.ts'
import { newRunId } from '../../client/command/run-id.ts'
import { withLauncher } from '../../client/command/with-launcher.ts'
import type { Launcher } from '../../client/launch/launcher.ts'
import type { Io } from '../../kit/cli/command.ts'
import { realClock } from '../../kit/clock.ts'
import { plainJson } from '../../kit/text/plain.ts'
import { VERSION } from '../../kit/version.ts'
import type { RequirementResult, RunResult } from '../../reports/result.ts'
import { createProgress } from '../progress.ts'
import { expectedTimes } from '../run/remaining-time.ts'
import { type RunPlan, runSuite } from '../run/run-suite.ts'

export type Judging = Omit<RunPlan, 'runId' | 'version' | 'seed' | 'targetOptions'> & {
  readonly seed: number | undefined
  /** Beside those that name the target: what more a command line needs to ask it. */
  readonly options?: string
  /** Print progress as lines where there is no terminal. */
  readonly progress?: boolean
}

/** `judge` on a target that is brought up for it and taken down again, whatever happens. Throws `LaunchError` too. */
export async function judgeTarget(
  target: TargetPlan,
  judging: Judging,
  io: Io,
  onResult?: (result: RequirementResult) => void,
): Promise<RunResult> {
  return await withLauncher(target, io, (launcher) => judge(launcher, target, judging, io, onResult))
}

/** Judges a target that runs, with progress on a terminal. Throws `UnusableTargetError` or `RunEnded` when nothing was. */
export async function judge(
  launcher: Launcher,
  { options }: Pick<TargetPlan, 'options'>,
  judging: Judging,
  io: Io,
  onResult: (result: RequirementResult) => void = () => {},
): Promise<RunResult> {
  const { selection, firstTransportOnly } = judging
  const progress = createProgress(io, {
    lines: judging.progress ?? false,
    expected: expectedTimes(selection.selected, firstTransportOnly),
  })
  const plan: RunPlan = {
    ...judging,
    seed: judging.seed ?? randomInt(2 ** 32),
    runId: newRunId(),
    version: VERSION,
    targetOptions: [options, judging.options ?? ''].filter(Boolean).join(' '),
  }
  const events = {
    ...progress,
    onResult(result: RequirementResult): void {
      progress.onResult(result)
      onResult(result)
    },
  }
  try {
    return await runSuite(plan, {
      launcher,
      clock: realClock,
      started: new Date(),
      interrupted: io.interrupted,
      leaves: io.leaves,
      events,
      keep: (name, content) => keep(io.cwd, name, plainJson(io.secrets?.text(content) ?? content)),
    })
  } finally {
    progress.end()
  }
}

async function keep(cwd: string, name: string, content: string): Promise<string> {
  const folder = join(cwd, '.s2-conformance')
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
