import { PROGRAM_HOOKS } from '../client/command/program-hooks.ts'
import type { Command, Io, Program } from '../kit/cli/command.ts'
import { runCommandLine } from '../kit/cli/command-line.ts'
import { withCompletion } from '../kit/cli/complete.ts'
import { processIo } from '../kit/cli/process-io.ts'
import { VERSION } from '../kit/version.ts'
import { ab } from './commands/ab.ts'
import { calibrate } from './commands/calibrate.ts'
import { capacity } from './commands/capacity.ts'
import { compare } from './commands/compare.ts'
import { merge } from './commands/merge.ts'
import { report } from './commands/report.ts'
import { run as runCommand } from './commands/run.ts'
import { workloads } from './commands/workloads.ts'

export const COMMANDS: readonly Command[] = withCompletion('s2-load', [
  runCommand,
  capacity,
  compare,
  ab,
  report,
  merge,
  workloads,
  calibrate,
])

/** The command `s2-load`: joins the command line with the process. Resolves to the exit code. */
export function run(args: readonly string[], io: Io = processIo()): Promise<number> {
  return runCommandLine(args, PROGRAM, io)
}

const PROGRAM: Program = {
  ...PROGRAM_HOOKS,
  name: 's2-load',
  about: 'measures how fast a server of S2 appends and reads, and says what the numbers are worth',
  version: VERSION,
  commands: COMMANDS,
  exitCodes:
    '0 valid and no regression, 1 a record was lost or changed, a confirmed regression, or no rate that holds, 2 wrong usage, 3 SUSPECT or INVALID, too noisy or an error',
}
