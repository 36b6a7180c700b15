import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { createProcessLauncher } from '../../../client/launch/process.ts'
import type { Command, Given, Io } from '../../../kit/cli/command.ts'
import { runTool } from '../../../kit/cli/tool.ts'
import { wholeNumber } from '../../../kit/cli/whole-number.ts'
import { UsageError } from '../../../kit/usage-error.ts'
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

const ONE_CLIENT = appendUnaryClients(1)

const MEASUREMENTS: readonly Measurement[] = [
  appendSessions({ recordBytes: 1024, batchRecords: 512, sessions: 1 }),
  appendSessions({ recordBytes: 1024, batchRecords: 512, sessions: 16 }),
  appendSessions({ recordBytes: 65_536, batchRecords: 8, sessions: 1 }),
  appendSessions({ recordBytes: 65_536, batchRecords: 8, sessions: 16 }),
  ONE_CLIENT,
  appendUnaryClients(64),
  catchUp,
  tail,
  manyStreams,
  recovery,
]

const DURABILITIES = ['on disk', 'in memory'] as const

const command: Command = {
  name: 'bench-server',
  summary:
    'the reference server beside s2-lite, each measurement on a fresh server, in rounds that alternate in direction; a table of ratios for each durability',
  options: [
    { name: 'rounds', value: 'N', default: '3', help: 'of each measurement on each server' },
    { name: 'seconds', value: 'S', default: '3', help: 'of those that go by time' },
    {
      name: 'warm-up',
      value: 'S',
      help: 'of load before them, in which a server on Node compiles itself; a fifth of them by default',
    },
    { name: 'only', value: 'TEXT', help: 'measurements whose names have this in them' },
    { name: 'durability', value: 'disk|memory', help: 'this one alone' },
  ],
  examples: ['bench-server', 'bench-server --only unary --durability disk --rounds 5'],
  run: bench,
}

async function bench(given: Given, io: Io): Promise<number> {
  process.chdir(resolve(import.meta.dirname, '../../..'))
  const rounds = wholeNumber('--rounds', given.text('rounds') ?? '', 1, 1000)
  const measured = secondsOf('--seconds', given.text('seconds') ?? '')
  const warmUp = secondsOf('--warm-up', given.text('warm-up') ?? `${measured / 5}`)
  const period = { measured, warmUp }
  const only = given.text('only') ?? ''
  const chosen = MEASUREMENTS.filter(({ name }) => name.includes(only))
  const durabilities = DURABILITIES.filter((each) => each.endsWith(given.text('durability') ?? ''))
  if (chosen.length === 0 || durabilities.length === 0)
    throw new UsageError(
      `nothing is measured: --durability is disk or memory, and --only a part of ${MEASUREMENTS.map(({ name }) => `"${name}"`).join(', ')}`,
    )
  const lite = buildLite()
  io.out(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'} shared by server and client, ${rounds} rounds of ${measured} s after ${warmUp} s, ${lite ?? 'no s2-lite'}\n`,
  )
  for (const durability of durabilities) {
    const servers = targets(lite).filter((target) => target.durability === durability)
    const samples = await measureAll(
      chosen,
      servers,
      { rounds, period, isOnDisk: durability === 'on disk' },
      io,
    )
    const [ours = '', ...others] = servers.map(({ name }) => name)
    const beside = durability === 'on disk' ? [...others, BARE] : others
    io.out(`\n## ${durability}\n\n${table(samples, ours, beside)}\n`)
  }
  return 0
}

/** Throws `UsageError`. */
function secondsOf(name: string, text: string): number {
  const seconds = Number(text)
  if (seconds > 0) return seconds
  throw new UsageError(`${name} is a number of seconds above 0, not "${text}"`)
}

interface Extent {
  readonly rounds: number
  readonly period: Period
  readonly isOnDisk: boolean
}

async function measureAll(
  chosen: readonly Measurement[],
  servers: readonly Target[],
  { rounds, period, isOnDisk }: Extent,
  io: Io,
): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  const take = (target: string, values: readonly Value[]): void => {
    samples.push(...values.map(({ line, value }) => ({ line, value, target })))
    const text = values.map(({ line, value }) => `${line.name} ${figure(value)} ${line.unit}`).join('; ')
    io.err(`  ${target}: ${text}\n`)
  }
  for (const measurement of chosen) {
    if (measurement.onDiskOnly && !isOnDisk) continue
    for (let round = 0; round < rounds; round++) {
      for (const target of round % 2 === 0 ? servers : servers.toReversed())
        take(target.name, await measure(measurement, target, period))
      if (isOnDisk && measurement.name === ONE_CLIENT.name) take(BARE, bare(ONE_CLIENT))
    }
  }
  return samples
}

/** The least that an ack can cost here: a write and its fdatasync, beside the client that waits for each of its acks. */
const BARE = 'bare write + fdatasync'

function bare({ lines }: Measurement): readonly Value[] {
  const { p50, p99 } = bareLoop(1)
  return lines.flatMap((line) => {
    const value = line.name.endsWith('p50') ? p50 : line.name.endsWith('p99') ? p99 : undefined
    return value === undefined ? [] : [{ line, value }]
  })
}

interface Value {
  readonly line: Line
  readonly value: number
}

async function measure(measurement: Measurement, target: Target, period: Period): Promise<readonly Value[]> {
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

/** Where the s2 binary is, in a plain release build; undefined if it cannot be built. */
function buildLite(): string | undefined {
  const built = spawnSync(join('scripts', 'install-s2-lite.sh'), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return built.status === 0 ? built.stdout.trim() : undefined
}

process.exitCode = await runTool(command, process.argv.slice(2))
