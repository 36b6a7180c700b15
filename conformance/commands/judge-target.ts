import { randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequirementResult, RunResult } from '../../reports/result.ts'
import { EXIT, type Io } from '../cli/command.ts'
import { realClock } from '../clock.ts'
import { createProgress } from '../progress.ts'
import { type RunPlan, runSuite } from '../run/run-suite.ts'
import { VERSION } from '../version.ts'
import type { TargetPlan } from './plan-target.ts'
import { newRunId } from './run-id.ts'
import { withLauncher } from './with-launcher.ts'

export type Judging = Omit<RunPlan, 'runId' | 'version' | 'seed' | 'targetOptions'> & {
  readonly seed: number | undefined
  /** Beside those that name the target: what more a command line needs to ask it. */
  readonly options?: string
}

/**
 * Brings the target up, judges it with progress on a terminal, and takes it down again whatever happens. Throws
 * `LaunchError`, `UnusableTargetError` or `RunEnded` when nothing was judged.
 */
export async function judgeTarget(
  target: TargetPlan,
  judging: Judging,
  io: Io,
  onResult: (result: RequirementResult) => void = () => {},
): Promise<RunResult> {
  const progress = createProgress(io)
  const plan: RunPlan = {
    ...judging,
    seed: judging.seed ?? randomInt(2 ** 32),
    runId: newRunId(),
    version: VERSION,
    targetOptions: [target.options, judging.options ?? ''].filter(Boolean).join(' '),
  }
  const events = {
    ...progress,
    onResult(result: RequirementResult): void {
      progress.onResult(result)
      onResult(result)
    },
  }
  return await withLauncher(target, io, async (launcher) => {
    try {
      return await runSuite(plan, {
        launcher,
        clock: realClock,
        started: new Date(),
        interrupted: io.interrupted,
        events,
        keep: (name, content) => keep(io.cwd, name, content),
      })
    } finally {
      progress.end()
    }
  })
}

export function exitCode({ outcome }: RunResult): number {
  if (outcome === 'conformant') return EXIT.conformant
  return outcome === 'not conformant' ? EXIT.notConformant : EXIT.inconclusive
}

async function keep(cwd: string, name: string, content: string): Promise<string> {
  const folder = join(cwd, '.s2-conformance')
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
