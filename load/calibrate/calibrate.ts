import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { valueAt } from '../measure/counts.ts'
import { type Load, runThreads } from '../run/coordinator.ts'
import { numbersSince } from '../run/numbers.ts'
import { LoadError } from '../run/threads.ts'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'

/** What the generator can do on this machine, against a server that does next to nothing on another core. */
export interface Calibration {
  /** One session, batches of 16 records of 64 KiB. */
  readonly appendMiBPerSecond: number
  readonly readMiBPerSecond: number
  /** One session, batches of 1,000 records of 100 bytes. */
  readonly appendRecordsPerSecond: number
  readonly readRecordsPerSecond: number
  /** Unary appends in protobuf, 32 at a time on one connection. */
  readonly unaryPerSecond: number
  /** Of 1,000 unary appends a second: what the least server and this generator cost together, in microseconds. */
  readonly floor: { readonly p50: number; readonly p99: number }
  /** Of the same, how late the generator began, in microseconds. */
  readonly lag: { readonly p50: number; readonly p99: number }
}

const LARGE = { batch: 15, 'record-size': 64 * 1024 }
const SMALL = { batch: 1000, 'record-size': 100 }
const NO_READERS = { readers: 0, 'catch-up': 0 }
/** Records of each kind that are read for each second. */
const READ = { large: 20_000, small: 1_500_000 }

/** Each in a run of its own of about so many seconds. Rejects with a `LoadError`. */
export async function calibrate(seconds: number, onStep: (what: string) => void): Promise<Calibration> {
  const run = async (what: string, fields: WorkloadFields, tail = 0): Promise<Load> => {
    onStep(what)
    return await against({ duration: seconds, warmup: 0.5, ...NO_READERS, ...fields }, tail)
  }
  const large = await run('large records appended', { ...LARGE, closed: 16 })
  const small = await run('small records appended', { ...SMALL, closed: 16 })
  const unary = await run('unary appends', {
    transport: 'h2-proto',
    batch: 1,
    'record-size': 100,
    closed: 32,
  })
  const paced = await run('unary appends at a rate', {
    transport: 'h2-proto',
    batch: 1,
    'record-size': 100,
    rate: 1000,
  })
  const reading = { rate: 1, duration: 0.1, warmup: 0, 'catch-up': 1 }
  const largeRead = await run('large records read', { ...LARGE, ...reading }, Math.ceil(seconds * READ.large))
  const smallRead = await run('small records read', { ...SMALL, ...reading }, Math.ceil(seconds * READ.small))
  const { response, lag } = paced.end.timed
  return {
    appendMiBPerSecond: perSecond(large, 'ackedBytes') / MIB,
    readMiBPerSecond: largeRead.end.counted.caughtUpBytes / MIB / largeRead.catchUpSeconds,
    appendRecordsPerSecond: perSecond(small, 'ackedRecords'),
    readRecordsPerSecond: smallRead.end.counted.caughtUpRecords / smallRead.catchUpSeconds,
    unaryPerSecond: perSecond(unary, 'acked'),
    floor: { p50: valueAt(response, 0.5) ?? 0, p99: valueAt(response, 0.99) ?? 0 },
    lag: { p50: valueAt(lag, 0.5) ?? 0, p99: valueAt(lag, 0.99) ?? 0 },
  }
}

const MIB = 1024 * 1024

function perSecond({ measured }: Load, counted: 'acked' | 'ackedBytes' | 'ackedRecords'): number {
  if (measured === undefined) return 0
  const { first, last } = measured
  return numbersSince(first.numbers, last.numbers).counted[counted] / (last.at - first.at)
}

/** One load against a null server of its own, to whose readers it gives this many records. */
async function against(fields: WorkloadFields, tail: number): Promise<Load> {
  const workload = parseWorkload(fields, 'calibrate')
  const tag = randomInt(2 ** 32)
  const { batch, recordBytes } = workload.appends
  const server = await spawnNullServer([tag, workload.seed, batch.most, recordBytes.most])
  try {
    const load = await runThreads({
      workload,
      place: { origin: `http://127.0.0.1:${server.port}`, prefix: '/v1', headers: {} },
      streams: ['null'],
      tag,
      interrupted: new AbortController().signal,
      onTick() {},
      tailOf: () => Promise.resolve(tail),
    })
    const wrong = load.readers.find(
      ({ violations, trouble }) => violations.length > 0 || trouble !== undefined,
    )
    if (wrong !== undefined)
      throw new LoadError(`the null server was misread: ${wrong.trouble ?? wrong.violations[0]?.what}`)
    return load
  } finally {
    server.end()
  }
}

async function spawnNullServer(args: readonly number[]): Promise<{ readonly port: number; end(): void }> {
  const child = spawn(process.execPath, [fileURLToPath(entry()), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    return { port: Number(line), end: () => void child.kill('SIGKILL') }
  }
  throw new LoadError('the null server did not start')
}

/** In the repository its source as it is, as a package its build. */
function entry(): URL {
  const source = new URL('./null-process.ts', import.meta.url)
  return existsSync(source) ? source : new URL('./null-process.js', import.meta.url)
}
