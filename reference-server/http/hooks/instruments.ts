import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Activity } from '../../backend/backend.ts'
import type { Sync } from '../../store/store.ts'
import { addProcessMetrics } from './process-metrics.ts'

/** What an operator can see of one server, in Prometheus' text format. Nothing here is shared between servers. */
export interface Instruments {
  /** Seconds until there was room for the batch among those under way. */
  readonly permitLatency: Histogram
  /** Seconds from then until it was durable. */
  readonly ackLatency: Histogram
  readonly batchRecords: Histogram
  /** Metered. */
  readonly batchBytes: Histogram
  /** Metered bytes of the batches that are admitted and not yet answered. A plain number, since appends are many. */
  readonly inFlight: { appendBytes: number }
  /** Requests that are over. */
  readonly requests: Counter<'operation' | 'status'>
  synced(sync: Sync): void
  /** All of it, as it stands. */
  page(): Promise<string>
}

/** The first four have the names and the bounds they have in s2-lite, and finer ones below (CP-LITE-022). */
export function createInstruments(activity: () => Activity): Instruments {
  const registry = new Registry()
  const registers = [registry]
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers })

  const inFlight = { appendBytes: 0 }
  const instruments = {
    permitLatency: histogram('s2_append_permit_latency_seconds', 'Wait for admission of a batch.', SECONDS),
    ackLatency: histogram('s2_append_ack_latency_seconds', 'From admission to durability.', SECONDS),
    batchRecords: histogram('s2_append_batch_records', 'Records of a batch.', RECORDS),
    batchBytes: histogram('s2_append_batch_bytes', 'Metered bytes of a batch.', BYTES),
    inFlight,
    requests: new Counter({
      name: 's2_requests_total',
      help: 'Requests that are over, by operation and HTTP status.',
      labelNames: ['operation', 'status'] as const,
      registers,
    }),
  }
  const syncLatency = histogram(
    's2_store_sync_latency_seconds',
    'Making a group of commits durable.',
    SECONDS,
  )
  const commits = new Counter({ name: 's2_store_commits_total', help: 'Commits made durable.', registers })
  gauge('s2_append_inflight_bytes', 'Metered bytes admitted, not yet answered.', () => inFlight.appendBytes)
  gauge('s2_live_streams', 'Streams in memory.', () => activity().liveStreams)
  gauge('s2_followers', 'Reads at the tail of a stream.', () => activity().followers)
  addProcessMetrics(registry)

  function gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }

  return {
    ...instruments,
    synced({ commits: count, milliseconds }) {
      commits.inc(count)
      syncLatency.observe(milliseconds / 1000)
    },
    page: () => registry.metrics(),
  }
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const RECORDS = [1, 10, 50, 100, 250, 500, 1000]
const BYTES = [512, 1024, 4096, 16_384, 65_536, 262_144, 524_288, 1_048_576]
