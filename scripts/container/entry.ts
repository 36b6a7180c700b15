/** The entry point of the container image: runs the command that its arguments name, in this process. */
import { commandOf } from './command.ts'

// The kernel ignores a signal that process 1 does not handle. While the command handles none, they end the process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(130)
  })
}

const command = commandOf(process.argv.slice(2))
if (command === undefined) {
  process.stderr.write(`there is no command "${process.argv[2]}": lite, conformance or load\n`)
  process.exit(2)
}
process.argv.splice(2, process.argv.length, ...command.args)
await import(new URL(`../../bin/${command.name}.js`, import.meta.url).href)
