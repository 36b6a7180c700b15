/** The entry point of the container image: runs the command that its arguments name, in this process. */
import { commandOf } from './command.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

// The kernel ignores a signal that process 1 does not handle. Until the command handles them, they end the process.
for (const signal of SIGNALS) {
  const end = (): void => process.exit(130)
  process.on(signal, end)
  process.on('newListener', (name) => {
    if (name === signal) process.off(signal, end)
  })
}

const command = commandOf(process.argv.slice(2))
if (command === undefined) {
  process.stderr.write(`there is no command "${process.argv[2]}": lite, conformance or load\n`)
  process.exit(2)
}
process.argv.splice(2, process.argv.length, ...command.args)
await import(new URL(`../../bin/${command.name}.js`, import.meta.url).href)
