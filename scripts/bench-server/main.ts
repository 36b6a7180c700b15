/**
 * The reference server beside s2-lite, on this machine and in one run: `npm run bench:server -- [--rounds N] [--seconds S]
 * [--warm-up S] [--only TEXT] [--durability disk|memory]`. Every measurement gets a fresh server; rounds are interleaved and
 * alternate in direction, so that a machine that becomes slower does so for all. What is compiled while it runs, as a server on
 * Node is, takes seconds for that: the warm-up, by default a fifth of the seconds, says how much of it is measured. Prints a
 * table of ratios for each durability.
 */
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createProcessLauncher } from '../../conformance/target/launch/process.ts'
import { bareLoop } from './bare-loop.ts'
import type { Line, Measurement, Period } from './measurement.ts'
import { appendSessions } from './measurements/append-sessions.ts'
import { appendUnaryClients } from './measurements/append-unary.ts'
import { catchUp } from './measurements/catch-up.ts'
import { manyStreams } from './measurements/many-streams.ts'
import { recovery } from './measurements/recovery.ts'
import { tail } from './measurements/tail.ts'
import { peakMemory } from './memory.ts'
import { figure, type Sample, table } from './table.ts'
import { type Target, targets } from './targets.ts'

const MEASUREMENTS: readonly Measurement[] = [
  appendSessions({ recordBytes: 1024, batchRecords: 512, sessions: 1 }),
  appendSessions({ recordBytes: 1024, batchRecords: 512, sessions: 16 }),
  appendSessions({ recordBytes: 65_536, batchRecords: 8, sessions: 1 }),
  appendSessions({ recordBytes: 65_536, batchRecords: 8, sessions: 16 }),
  appendUnaryClients(1),
  appendUnaryClients(64),
  catchUp,
  tail,
  manyStreams,
  recovery,
]

process.chdir(resolve(import.meta.dirname, '../..'))
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    'warm-up': { type: 'string' },
    only: { type: 'string', default: '' },
    durability: { type: 'string', default: '' },
  },
})
const rounds = Number(options.rounds)
const measured = Number(options.seconds)
const period: Period = { measured, warmUp: Number(options['warm-up'] ?? measured / 5) }

const lite = buildLite()
const chosen = MEASUREMENTS.filter(({ name }) => name.includes(options.only))
say(
  `${cpus().length} processors shared by server and client, ${rounds} rounds of ${measured} s after ${period.warmUp} s, ${lite ?? 'no s2-lite'}`,
)
for (const durability of ['on disk', 'in memory'] as const) {
  if (!durability.endsWith(options.durability)) continue
  const servers = targets(lite).filter((target) => target.durability === durability)
  const samples = await measureAll(servers)
  const [ours = '', ...others] = servers.map(({ name }) => name)
  say(`\n## ${durability}\n\n${table(samples, ours, others)}`)
}

async function measureAll(servers: readonly Target[]): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  for (const measurement of chosen) {
    if (measurement.onDiskOnly && servers[0]?.durability !== 'on disk') continue
    for (let round = 0; round < rounds; round++) {
      for (const target of round % 2 === 0 ? servers : servers.toReversed()) {
        const values = await measure(measurement, target)
        samples.push(...values.map(({ line, value }) => ({ line, value, target: target.name })))
        progress(target, values)
      }
    }
    if (servers[0]?.durability === 'on disk') bare()
  }
  return samples
}

async function measure(
  measurement: Measurement,
  target: Target,
): Promise<readonly { readonly line: Line; readonly value: number }[]> {
  const launcher = await createProcessLauncher({ command: target.command, env: process.env })
  try {
    const start = () => launcher.start(new AbortController().signal)
    await start()
    const { origin } = launcher.endpoints.account
    const restart = async (): Promise<number> => {
      await launcher.kill()
      const begin = performance.now()
      await start()
      return performance.now() - begin
    }
    const values = await measurement.run({ origin, restart }, period)
    const memory = { name: `${measurement.name}, peak memory`, unit: 'MiB', better: 'lower' } as const
    return [
      ...measurement.lines.map((line, index) => ({ line, value: values[index] ?? Number.NaN })),
      { line: memory, value: peakMemory(new URL(origin).port) },
    ]
  } finally {
    await launcher.kill()
    await launcher.dispose()
  }
}

function bare(): void {
  const { p50, p99 } = bareLoop(1)
  process.stderr.write(`  bare write + fdatasync of 1 KiB: p50 ${figure(p50)} ms, p99 ${figure(p99)} ms\n`)
}

function progress(target: Target, values: readonly { readonly line: Line; readonly value: number }[]): void {
  const text = values.map(({ line, value }) => `${line.name} ${figure(value)} ${line.unit}`).join('; ')
  process.stderr.write(`  ${target.name} ${target.durability}: ${text}\n`)
}

/** Where the s2 binary is, in a plain release build; undefined if it cannot be built. */
function buildLite(): string | undefined {
  const built = spawnSync(join('scripts', 'install-s2-lite.sh'), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return built.status === 0 ? built.stdout.trim() : undefined
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
