import { PROGRAM_HOOKS } from '../client/command/program-hooks.ts'
import type { Command, Io, Program } from '../kit/cli/command.ts'
import { runCommandLine } from '../kit/cli/command-line.ts'
import { withCompletion } from '../kit/cli/complete.ts'
import { processIo } from '../kit/cli/process-io.ts'
import { VERSION } from '../kit/version.ts'
import { checkHistory } from './commands/check-history.ts'
import { diff } from './commands/diff.ts'
import { durability } from './commands/durability.ts'
import { history } from './commands/history.ts'
import { list } from './commands/list.ts'
import { replay } from './commands/replay.ts'
import { run as runCommand } from './commands/run.ts'

export const COMMANDS: readonly Command[] = withCompletion('s2-conformance', [
  runCommand,
  list,
  replay,
  diff,
  history,
  checkHistory,
  durability,
])

/** The command `s2-conformance`: joins the command line with the process. Resolves to the exit code. */
export function run(args: readonly string[], io: Io = processIo()): Promise<number> {
  return runCommandLine(args, PROGRAM, io)
}

const PROGRAM: Program = {
  ...PROGRAM_HOOKS,
  name: 's2-conformance',
  about: 'judges whether a server speaks S2 as it should',
  version: VERSION,
  commands: COMMANDS,
  exitCodes: '0 conformant, 1 not conformant, 2 wrong usage, 3 inconclusive or an error',
}
