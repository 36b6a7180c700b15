import { randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequirementResult, RunResult } from '../../reports/result.ts'
import { EXIT, type Io } from '../cli/command.ts'
import { realClock } from '../clock.ts'
import { createProgress } from '../progress.ts'
import { Interrupted } from '../run/judge.ts'
import { type RunPlan, runSuite } from '../run/run-suite.ts'
import { VERSION } from '../version.ts'
import type { TargetPlan } from './run-target-options.ts'

export type Judging = Omit<RunPlan, 'runId' | 'version' | 'seed' | 'targetOptions'> & {
  readonly seed: number | undefined
}

/**
 * Brings the target up, judges it with progress on a terminal, and takes it down again whatever happens. Throws
 * `LaunchError`, `UnusableTargetError` or `Interrupted` when nothing was judged.
 */
export async function judgeTarget(
  target: TargetPlan,
  judging: Judging,
  io: Io,
  onResult: (result: RequirementResult) => void = () => {},
): Promise<RunResult> {
  const launcher = await target.createLauncher(io.env)
  const progress = createProgress(io)
  try {
    await launcher.start(io.interrupted).catch((error: unknown) => {
      throw io.interrupted.aborted ? new Interrupted() : error
    })
    return await runSuite(
      {
        ...judging,
        seed: judging.seed ?? randomInt(2 ** 32),
        runId: randomId(),
        version: VERSION,
        targetOptions: target.options,
      },
      {
        launcher,
        clock: realClock,
        started: new Date(),
        interrupted: io.interrupted,
        events: {
          ...progress,
          onResult(result) {
            progress.onResult(result)
            onResult(result)
          },
        },
        keep: (name, content) => keep(io.cwd, name, content),
      },
    )
  } finally {
    progress.end()
    await launcher.dispose().catch((error: unknown) => {
      io.err(`s2-conformance: the target could not be taken down: ${messageOf(error)}\n`)
    })
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

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

const ID_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Apart from the seed: two runs with one seed must not meet. */
const randomId = (): string =>
  Array.from({ length: 10 }, () => ID_CHARACTERS[randomInt(ID_CHARACTERS.length)]).join('')
