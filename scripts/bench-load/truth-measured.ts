import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { valueAt } from '../../load/measure/counts.ts'
import { runThreads } from '../../load/run/coordinator.ts'
import { stalledQuantile } from '../../load/truth/delays.ts'
import type { TruthOptions } from '../../load/truth/truth-server.ts'
import { parseWorkload } from '../../load/workload/parse.ts'
import type { Latency } from '../../reports/load/result.ts'

/** What a quantile should be and what was measured, in microseconds, and by how much they may differ. */
export interface Compared {
  readonly quantile: number
  readonly truth: number
  readonly measured: number
  readonly allowed: number
}

export const QUANTILES = [0.5, 0.9, 0.99, 0.999] as const
export const SECONDS = 20
export const DELAY_US = 2000
export const STALL = { fromUs: 8_000_000, lengthUs: 1_000_000 }

/** A truth server in a process of its own. */
export interface Truth {
  readonly http1Port: number
  readonly http2Port: number
  /** What it has counted since the last time. */
  report(): Promise<Latency>
  end(): void
}

export async function startTruth(options: TruthOptions): Promise<Truth> {
  const entry = fileURLToPath(new URL('../../load/truth/truth-process.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const { http1Port, http2Port } = JSON.parse(await nextLine(lines)) as {
    http1Port: number
    http2Port: number
  }
  return {
    http1Port,
    http2Port,
    async report() {
      child.stdin.write('report\n')
      return JSON.parse(await nextLine(lines)) as Latency
    },
    end: () => end(child),
  }
}

const nextLine = (lines: Interface): Promise<string> => new Promise((resolve) => lines.once('line', resolve))

const end = (child: ChildProcess): void => void child.kill('SIGKILL')

/** With a stall of a second in the middle: beside what is calculated, within 1 % and 0.2 ms. */
export async function withStall(perSecond: number): Promise<readonly Compared[]> {
  const truth = await startTruth({ delays: { kind: 'constant', us: DELAY_US }, stall: STALL })
  try {
    const response = await measure(truth, perSecond)
    return QUANTILES.map((quantile) => {
      const calculated = stalledQuantile(quantile, SECONDS, DELAY_US, STALL.lengthUs)
      return { quantile, truth: calculated, measured: response(quantile), allowed: calculated / 100 + 200 }
    })
  } finally {
    truth.end()
  }
}

/** With delays at random: beside what the server has logged, p50 and p90 within 1 % and 0.2 ms, beyond them within 1 ms. */
export async function withoutStall(perSecond: number): Promise<readonly Compared[]> {
  const truth = await startTruth({ delays: { kind: 'lognormal', medianUs: DELAY_US, sigma: 0.6, seed: 7 } })
  try {
    const response = await measure(truth, perSecond)
    const { quantiles } = await truth.report()
    return QUANTILES.map((quantile) => {
      const logged = quantiles[`p${Number((quantile * 100).toFixed(3))}`] ?? 0
      const allowed = quantile < 0.95 ? logged / 100 + 200 : 1000
      return { quantile, truth: logged, measured: response(quantile), allowed }
    })
  } finally {
    truth.end()
  }
}

/** The response times of an open loop over one session, as this load generator measures them. */
async function measure({ http2Port }: Truth, perSecond: number): Promise<(quantile: number) => number> {
  const fields = { batch: 1, 'record-size': 64, readers: 0, 'catch-up': 0, warmup: 0, pacing: 'spin' }
  const load = await runThreads({
    workload: parseWorkload({ ...fields, rate: perSecond, duration: SECONDS }, 'truth'),
    place: { origin: `http://127.0.0.1:${http2Port}`, prefix: '/v1', headers: {} },
    streams: ['s'],
    tag: 1,
    interrupted: new AbortController().signal,
    onTick() {},
    tailOf: () => Promise.resolve(0),
  })
  return (quantile) => valueAt(load.end.timed.response, quantile) ?? 0
}
