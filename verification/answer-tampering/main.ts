import { ConformanceFailure, InconclusiveError } from '../../client/failures.ts'
import { TargetError } from '../../client/target-error.ts'
import { runTool } from '../../kit/cli/tool.ts'
import { command } from './command.ts'

/** What a check that was told otherwise leaves behind ends when that check does, in one of these ways. */
const isLeftBehind = (reason: unknown): boolean =>
  reason instanceof ConformanceFailure ||
  reason instanceof InconclusiveError ||
  reason instanceof TargetError ||
  (reason instanceof Error && (reason.message === 'the check is over' || reason.name === 'Diverged'))

// Anything else is a mistake of ours, and nobody may pass over it.
let mistakes = 0
process.on('unhandledRejection', (reason) => {
  if (isLeftBehind(reason)) return
  mistakes += 1
  process.stderr.write(`nobody waited for this: ${reason instanceof Error ? reason.stack : String(reason)}\n`)
})
// 0 if every alteration is noticed or allowed, 1 if not.
const code = await runTool(command, process.argv.slice(2))
process.exit(mistakes === 0 ? code : 1)
