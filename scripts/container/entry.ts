/** The entry point of the container image: runs the command that its arguments name, in this process. */
import { commandOf } from './command.ts'

/** Exit codes of a process that a signal ends, as a shell reports them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

// The kernel ignores a signal that process 1 does not handle. These end the process until the command handles them.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(EXIT_CODES[signal])
  })
}

const command = commandOf(process.argv.slice(2))
if (command === undefined) {
  process.stderr.write(
    `there is no command "${process.argv[2]}"; the commands are lite, conformance and load\n`,
  )
  process.exit(2)
}
process.argv.splice(2, process.argv.length, ...command.args)
await import(new URL(`../../bin/${command.name}.js`, import.meta.url).href)
