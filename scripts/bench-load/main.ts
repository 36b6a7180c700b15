/**
 * How true and how fast the load generator is, beside others, on this machine: `npm run bench:load -- [PART ...]`, all parts
 * by default. Prints tables; ends with 1 where a figure was called valid and was not.
 */
import { cpus, loadavg, release } from 'node:os'
import type { Part } from './part.ts'
import { truth } from './truth.ts'

const PARTS: readonly Part[] = [truth]

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !PARTS.some((part) => part.name === name))
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are\n`)
  for (const { name, about } of PARTS) process.stderr.write(`  ${name.padEnd(10)} ${about}\n`)
  process.exit(2)
}

say(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Linux ${release()}, node ${process.version}`)
for (const part of PARTS) {
  if (asked.length > 0 && !asked.includes(part.name)) continue
  say(
    `\n${part.name}: ${part.about}; load of the machine before it ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')}`,
  )
  await part.run(say)
}
