import { runTool } from '../cli/tool.ts'
import { command } from './command.ts'

// What a check that was told otherwise has left behind ends when that check does, and nobody waits for it.
process.on('unhandledRejection', () => {})
// 0 if every alteration is noticed or allowed, 1 if not.
process.exit(await runTool(command, process.argv.slice(2)))
