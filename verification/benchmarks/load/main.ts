/**
 * How true and how fast the load generator is, beside others, on this machine: `npm run verify -- bench-load [PART ...]
 * [--minutes N] [--rounds N]`, all parts but the long ones by default. Prints tables; ends
 * with 1 where a figure was called valid and was not.
 */
import { cpus, loadavg, release } from 'node:os'
import { parseArgs } from 'node:util'
import { ceiling } from './ceiling.ts'
import { cost } from './cost.ts'
import { memory } from './cost-memory.ts'
import { incumbent } from './incumbent.ts'
import type { Part } from './part.ts'
import { truth } from './truth.ts'

const PARTS: readonly Part[] = [truth, ceiling, incumbent, cost, memory]

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const { positionals: asked, values } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '10' }, rounds: { type: 'string', default: '4' } },
})
const minutes = Number(values.minutes)
const rounds = Number(values.rounds)
if (!(minutes > 0 && rounds > 0)) {
  process.stderr.write(`--minutes ${values.minutes} --rounds ${values.rounds}: give numbers above 0\n`)
  process.exit(2)
}
const unknown = asked.filter((name) => !PARTS.some((part) => part.name === name))
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are\n`)
  for (const { name, about } of PARTS) process.stderr.write(`  ${name.padEnd(10)} ${about}\n`)
  process.exit(2)
}

say(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Linux ${release()}, node ${process.version}`)
for (const part of PARTS) {
  if (asked.length > 0 ? !asked.includes(part.name) : part.isLong === true) continue
  say(
    `\n${part.name}: ${part.about}; load of the machine before it ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')}`,
  )
  await part.run(say, { minutes, rounds })
}
