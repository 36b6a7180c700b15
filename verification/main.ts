/**
 * `npm run verify -- NAME [OPTIONS]`: how this repository checks itself. Without a name it lists what there is. The other
 * arguments, the output and the exit code are those of the part.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { PARTS } from './parts.ts'

const [name, ...rest] = process.argv.slice(2)
const isHelp = name === undefined || name === '--help' || name === '-h'
process.exitCode = isHelp ? list() : await run(name, rest)

function list(): number {
  const width = Math.max(...PARTS.map((part) => part.name.length))
  const lines = PARTS.map((part) => `  ${part.name.padEnd(width)}  ${part.about}`)
  process.stdout.write(
    `npm run verify -- NAME [OPTIONS]: how this repository checks itself\n\n${lines.join('\n')}\n`,
  )
  return 0
}

async function run(wanted: string, args: readonly string[]): Promise<number> {
  const part = PARTS.find((candidate) => candidate.name === wanted)
  if (part === undefined) {
    const names = PARTS.map((candidate) => candidate.name).join(', ')
    process.stderr.write(`verify: there is no "${wanted}". Names: ${names}\n`)
    return 2
  }
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '..', part.file), ...args], {
    stdio: 'inherit',
  })
  // A terminal sends Ctrl-C to both; the part decides how it ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void child.kill(signal))
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}
