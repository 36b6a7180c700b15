import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Rates } from '../../reports/load/calibration.ts'
import { moduleUrl } from '../module-url.ts'
import { type Load, runThreads } from '../run/coordinator/coordinator.ts'
import { numbersSince } from '../run/coordinator/counter-snapshot.ts'
import type { Without } from '../run/engine/messages.ts'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'

/** A load against a null server of its own, in another process. That server is ours, and so is the fault where it is misread. */
export async function loadNull(
  fields: WorkloadFields,
  without?: Without,
  interrupted: AbortSignal = new AbortController().signal,
): Promise<Load> {
  const workload = parseWorkload({ 'catch-up': 0, ...fields }, 'calibrate')
  const tag = randomInt(2 ** 32)
  const { batch, recordBytes } = workload.appends
  const server = await spawnNullServer([tag, workload.seed, batch.most, recordBytes.most])
  try {
    const load = await runThreads({
      workload,
      place: { origin: server.origin, prefix: '/v1', headers: {} },
      streams: Array.from({ length: workload.streams }, (_none, stream) => `null-${stream}`),
      tag,
      interrupted,
      onTick() {},
      // Readers end where they are.
      tailOf: () => Promise.resolve(0),
      ...(without !== undefined && { without }),
    })
    const wrong = load.readers.find(
      ({ violations, trouble }) => violations.length > 0 || trouble !== undefined,
    )
    if (wrong !== undefined)
      throw new Error(`the null server was misread: ${wrong.trouble ?? wrong.violations[0]?.what}`)
    return load
  } finally {
    server.end()
  }
}

export const appendRates = (load: Load): Rates =>
  ratesOf(load, ({ acked, ackedRecords, ackedBytes }) => [acked, ackedRecords, ackedBytes])

export const readRates = (load: Load): Rates =>
  ratesOf(load, ({ readRecords, readBytes }) => [0, readRecords, readBytes])

function ratesOf(
  { measured }: Load,
  of: (counted: ReturnType<typeof numbersSince>['counted']) => readonly [number, number, number],
): Rates {
  if (measured === undefined) throw new Error('the load ended before anything counted')
  const { first, last } = measured
  const seconds = last.at - first.at
  const [appends, records, bytes] = of(numbersSince(first.numbers, last.numbers).counted)
  return { appends: appends / seconds, records: records / seconds, bytes: bytes / seconds }
}

export interface NullProcess {
  /** `http://127.0.0.1:8080` */
  readonly origin: string
  end(): void
}

/** The arguments of `null-process.ts`. */
export async function spawnNullServer(args: readonly number[]): Promise<NullProcess> {
  const entry = fileURLToPath(moduleUrl('./null-process', import.meta.url))
  const child = spawn(process.execPath, [entry, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    return { origin: `http://127.0.0.1:${line}`, end: () => void child.kill('SIGKILL') }
  }
  throw new Error('the null server did not start')
}
