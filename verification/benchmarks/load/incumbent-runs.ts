import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createProcessLauncher } from '../../../client/launch/process.ts'
import { shellQuote } from '../../../kit/text/shell-word.ts'
import { parseLoadResult } from '../../../reports/load/parse.ts'
import type { LatencyName, LoadResult } from '../../../reports/load/result.ts'
import { type Finished, runCommand } from '../../clients/command.ts'
import { quietEnvironment } from '../../clients/workshop.ts'
import { parseS2Bench } from './incumbent-parse.ts'

export interface Setting {
  readonly name: string
  /** What `s2 bench` aims at, per second. */
  readonly mebibytes: number
  /** What s2-load is told for the same. */
  readonly load: readonly string[]
}

type Numbers = Readonly<Record<string, number>>

/** The default of `s2 bench`: a body and the 8 bytes that a record counts beside it. */
const METERED_BYTES = 8192
const BODY_BYTES = METERED_BYTES - 8
const MIB = 1024 * 1024
const ROOT = resolve(import.meta.dirname, '../../..')
const BASIN = 'bench-of-the-incumbent'

const lite = (binary: string): string => `exec ${shellQuote(binary)} lite --port {port}`

/** A run of `s2 bench` on a server of its own. */
export async function measureS2Bench(
  binary: string,
  { mebibytes }: Setting,
  seconds: number,
): Promise<Numbers> {
  const launcher = await createProcessLauncher({ command: lite(binary), env: quietEnvironment() })
  try {
    await launcher.start(new AbortController().signal)
    const { origin } = launcher.endpoints.account
    const env = {
      ...quietEnvironment(),
      S2_ACCOUNT_ENDPOINT: origin,
      S2_BASIN_ENDPOINT: origin,
      S2_ACCESS_TOKEN: 'none',
      S2_NO_UPDATE_CHECK: '1',
      NO_COLOR: '1',
    }
    const s2 = (...words: readonly string[]): Promise<Finished> =>
      runCommand([binary, ...words], { cwd: ROOT, env, seconds: 60 })
    await good('s2 create-basin', s2('create-basin', BASIN))
    const length = ['-d', `${seconds}s`, '-w', '0s']
    const run = await good('s2 bench', s2('bench', BASIN, '-t', `${mebibytes}`, ...length))
    return { ...parseS2Bench(run.stderr) }
  } finally {
    await launcher.kill()
    await launcher.dispose()
  }
}

/** A run of `s2-load` as anybody starts it, on a server of its own. */
export async function measureS2Load(binary: string, { load }: Setting, seconds: number): Promise<Numbers> {
  const directory = await mkdtemp(join(tmpdir(), 's2-incumbent-'))
  try {
    const file = join(directory, 'result.json')
    const words = [
      ...[process.execPath, 'bin/s2-load.js', 'run', '--launch', lite(binary), ...load],
      ...['--record-size', `${BODY_BYTES}`, '--duration', `${seconds}s`, '--warmup', '0s'],
      ...['--allow-suspect', '--json', file],
    ]
    await good('s2-load', runCommand(words, { cwd: ROOT, env: quietEnvironment(), seconds: 90 }))
    return numbersOf(parseLoadResult(await readFile(file, 'utf8')))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function numbersOf({ appends, tail, catchUp, latencies, integrity, verdict, reasons }: LoadResult): Numbers {
  if (integrity.verdict !== 'verified' || verdict === 'INVALID')
    throw new Error(`a run of s2-load is ${verdict}, its records ${integrity.verdict}: ${reasons.join('; ')}`)
  const rate = (records = 0): number => (records * METERED_BYTES) / MIB
  const p90 = (name: LatencyName): number => (latencies[name]?.quantiles.p90 ?? Number.NaN) / 1000
  return {
    append: rate(appends.perSecond.records),
    tail: rate(tail?.perSecond.records),
    // Also of less than a second: the other tells it, too.
    catchUp: rate(catchUp && catchUp.records / catchUp.seconds),
    ackP90: p90('response'),
    e2eP90: p90('e2e'),
  }
}

async function good(what: string, running: Promise<Finished>): Promise<Finished> {
  const finished = await running
  if (finished.code !== 0) {
    const said = finished.stderr.trim() || finished.stdout.trim()
    throw new Error(`${what} ended with ${finished.code ?? 'a signal'}: ${said.slice(-1000)}`)
  }
  return finished
}
