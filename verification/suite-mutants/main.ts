import { runTool } from '../../kit/cli/tool.ts'
import { command } from './command.ts'

// Every run listens for what nobody caught, and all that wait in virtual time are under way at once.
process.setMaxListeners(0)

// 0 if every defect is killed and the healthy server is accused of nothing, 1 if not. What a broken server has left behind,
// such as the timer of a client that it gave up, is not waited for.
process.exit(await runTool(command, process.argv.slice(2)))
