import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { BASIN, createTarget, type Target } from './abuse.ts'
import type { BystanderData, Served } from './bystander.ts'
import type { Held, SubjectOptions } from './subject.ts'
import { type Subject, startSubject } from './subject-process.ts'

/** A server with data on disk, another client that it serves, and what abuses reach it with. */
export interface Bench extends AsyncDisposable {
  readonly subject: Subject
  readonly target: Target
  readonly bystander: Bystander
  /** Before anything was done to it. */
  readonly fresh: Held
}

/** With few clients it has small bounds, so that they are enough to reach them. */
export async function setUp(options: Omit<SubjectOptions, 'dataDir'>, many: boolean): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 's2-bounds-'))
  const server = many ? {} : { bounds: SMALL_BOUNDS }
  const subject = await startSubject({ ...options, dataDir, server })
  const target = createTarget(subject.url, many)
  const config = '{"config":{"create_stream_on_append":true,"create_stream_on_read":true}}'
  await target.ask('PUT', `/v1/basins/${BASIN}`, config)
  await target.ask('POST', '/v1/streams/bystander/records', '{"records":[{"body":"the first"}]}')
  const bystander = openBystander(subject.url)
  await bystander.served()
  await target.pause(WARM_MS)
  const fresh = await subject.held()
  return {
    subject,
    target,
    bystander,
    fresh,
    async [Symbol.asyncDispose]() {
      target.cleanUp()
      await bystander.stop()
      await subject.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const SMALL_BOUNDS = { appendsInFlight: 16 * 1_048_576, received: 32 * 1_048_576, unsent: 32 * 1_048_576 }

const WARM_MS = 150

/** Whoever is not served within this time is not served. */
const SERVED_WITHIN_MS = 120_000

interface Bystander {
  /** What it has got since the last report. */
  report(): Promise<Served>
  /** As `report`, once it has got something, or after a while without. */
  served(): Promise<Served>
  stop(): Promise<void>
}

function openBystander(url: string): Bystander {
  const workerData: BystanderData = { url, basin: BASIN }
  const worker = new Worker(new URL('./bystander.ts', import.meta.url), { workerData })
  const report = async (): Promise<Served> => {
    worker.postMessage('report')
    const [served]: Served[] = await once(worker, 'message')
    if (served === undefined) throw new Error('the bystander reported nothing')
    return served
  }
  return {
    report,
    async served() {
      const deadline = performance.now() + SERVED_WITHIN_MS
      for (;;) {
        const served = await report()
        const nothing = served.latencies.length + served.troubles.length === 0
        if (!nothing || performance.now() > deadline) return served
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    async stop() {
      await worker.terminate()
    },
  }
}
