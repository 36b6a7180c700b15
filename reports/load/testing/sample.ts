import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Interval, Latency, LoadResult } from '../result.ts'

/** Of these values in microseconds; quantiles are told as a run tells them. */
export function latencyOf(values: readonly number[]): Latency {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 64,
  })
  for (const value of values) histogram.recordValue(value)
  const told = [50, 75, 90, 95, 99, 99.9, 99.99].filter(
    (percent) => Math.round(values.length * (100 - percent)) >= 1000,
  )
  return {
    count: values.length,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    least: Math.min(...values),
    greatest: Math.max(...values),
    quantiles: Object.fromEntries(
      told.map((percent) => [`p${percent}`, histogram.getValueAtPercentile(percent)]),
    ),
    clipped: 0,
    histogram: encodeIntoCompressedBase64(histogram),
  }
}

/** Most take about `middle`, few much longer: the same ones whenever it is called. */
export const skewed = (count: number, middle: number): readonly number[] =>
  Array.from({ length: count }, (_none, index) => {
    const part = (index + 0.5) / count
    return Math.round(middle * (0.6 + 0.4 * part) + (middle * 0.05) / (1 - part) ** 0.7)
  })

const SECONDS = 10

const series: readonly Interval[] = Array.from({ length: SECONDS }, (_none, index) => {
  const wave = 1 + Math.sin(index / 1.7) / 8
  const stall = index === 6 ? 9 : 1
  return {
    at: index + 1,
    appends: 100 / wave,
    records: 1000 / wave,
    bytes: 1_024_000 / wave,
    read: 1000 / wave,
    response: {
      p50: Math.round(4200 * wave),
      p99: Math.round(9100 * wave * stall),
      greatest: Math.round(12_000 * wave * stall),
    },
    e2e: {
      p50: Math.round(4900 * wave),
      p99: Math.round(9900 * wave * stall),
      greatest: Math.round(13_500 * wave * stall),
    },
  }
})

/** Every part that a result can have. */
export const sample: LoadResult = {
  format: 's2-load',
  version: 1,
  tool: 's2-load 0.1.0',
  started: '2026-11-25T08:00:00.000Z',
  startAt: '2026-11-25T08:00:00.000Z',
  target: {
    label: 'http://127.0.0.1:8080',
    server: 'an-s2/1',
    launch: 'an-s2 --port {port}',
    cpuSeconds: 4.2,
  },
  machines: [
    {
      cpus: 2,
      model: 'Processor of Samples',
      memoryBytes: 8 * 1024 ** 3,
      platform: 'Linux 6.1.0',
      node: '24.21.0',
    },
  ],
  workload: {
    name: 'default',
    streams: 1,
    appends: {
      transport: 's2s',
      compression: 'none',
      writers: 1,
      arrival: { kind: 'open', rate: { kind: 'constant', perSecond: 100 } },
      batch: { least: 10, most: 10 },
      recordBytes: { least: 1024, most: 1024 },
    },
    tail: { readers: 1, transport: 's2s' },
    seconds: 10,
    warmupSeconds: 2,
  },
  summary: 'default: batches of 10 x 1 KiB over s2s, 100/s; 1 stream, 1 writer, 1 reader at the tail',
  verdict: 'SUSPECT',
  reasons: [
    'the generator began 1 % of the appends 2.4 ms or more behind the plan',
    '2 refused and 1 indeterminate appends',
  ],
  reasonsOf: ['generator', 'target'],
  interrupted: false,
  integrity: {
    verdict: 'violated',
    recordsRead: 9990,
    readers: 1,
    violations: { gap: 1, duplicate: 2 },
    first: [
      {
        anomaly: 'gap',
        stream: 's2c-sample-1',
        seqNum: 25,
        what: 'record 26 came after record 24 of writer 0',
      },
    ],
    notes: ['a reader of s2c-sample-1 did not come to the end: nothing came for 5 s'],
  },
  faults: [
    {
      what: 'kill at 6s',
      kind: 'kill',
      plannedAt: 6,
      firedAt: 6.001,
      endedAt: 6.42,
      recoveredAt: 6.5,
      met: 'SIGKILL, gone after 9 ms; started again, ready after 410 ms',
      refused: 0,
      unknown: 1,
      longestGapUs: 471_000,
      firstAckUs: 52_000,
      before: { seconds: 6, appends: 100, response: { p50: 4200, p99: 9100, greatest: 12_000 } },
      during: {
        seconds: 0.5,
        appends: 88,
        failed: 1,
        response: { p50: 90_000, p99: 480_000, greatest: 481_000 },
      },
      after: { seconds: 3.5, appends: 100.2, response: { p50: 4100, p99: 9000, greatest: 11_000 } },
    },
    {
      what: 'cut at 8s',
      kind: 'cut',
      plannedAt: 8,
      met: 'there was no connection',
      refused: 0,
      unknown: 0,
      longestGapUs: 0,
    },
  ],
  appends: {
    seconds: 10.002,
    acked: 1000,
    perSecond: { appends: 99.98, records: 999.8, bytes: 1_023_795.24 },
    plannedPerSecond: 100,
    progress: { due: 1195, acked: 1192 },
    refused: 2,
    unknown: 1,
    unfinished: 0,
    untimed: 1,
    heldBack: 3,
    waited: { count: 5, us: 1200.5 },
    endings: { '429 rate_limited': 2, 'the connection was closed': 1 },
  },
  tail: {
    seconds: 10.002,
    records: 9990,
    bytes: 10_229_760,
    perSecond: { records: 998.8, bytes: 1_022_771 },
  },
  catchUp: {
    seconds: 1.5,
    records: 36_000,
    bytes: 36_864_000,
    perSecond: { records: 24_000, bytes: 24_576_000 },
  },
  readEndings: { 'the read session was cut': 2 },
  ceiling: {
    calibrated: '2026-11-24T09:00:00.000Z',
    load: 0.031,
    catchUp: 0.42,
    ceilings: {
      'append-bytes': { appends: 1300, records: 19_500, bytes: 1_277_952_000 },
      'append-records': { appends: 2400, records: 2_400_000, bytes: 240_000_000 },
      'append-singles': { appends: 250_000, records: 250_000, bytes: 25_000_000 },
      'unary-proto': { appends: 9000, records: 9000, bytes: 900_000 },
      'read-bytes': { appends: 0, records: 14_000, bytes: 917_504_000 },
      'read-records': { appends: 0, records: 1_500_000, bytes: 150_000_000 },
    },
    floor: { p50: 350, p99: 900 },
    lag: { p50: 2, p99: 180.5 },
  },
  latencies: {
    response: latencyOf(skewed(10_000, 4000)),
    service: latencyOf(skewed(10_000, 3900)),
    lag: latencyOf(skewed(10_000, 40)),
    e2e: latencyOf(skewed(100_000, 4700)),
    'check-tail': latencyOf(skewed(500, 800)),
  },
  series,
  generator: {
    threads: [
      {
        busy: 0.12,
        loopDelayP99Us: 180,
        loopDelayMostUs: 2400,
        stoodStillUs: 0,
        collections: 31,
        collectedUs: 42_000,
        longestCollectionUs: 3100,
      },
    ],
    catchUpThreads: [
      {
        busy: 0.71,
        loopDelayP99Us: 900,
        loopDelayMostUs: 4100,
        stoodStillUs: 0,
        collections: 4,
        collectedUs: 5200,
        longestCollectionUs: 1900,
        waitedUs: 12_000,
      },
    ],
    proxyThread: {
      busy: 0.21,
      loopDelayP99Us: 90,
      loopDelayMostUs: 1100,
      stoodStillUs: 0,
      collections: 2,
      collectedUs: 900,
      longestCollectionUs: 600,
    },
    stalled: 0.01,
    windows: {
      ours: { stream: 16_777_216, connection: 67_108_864 },
      theirs: { stream: 65_535, connection: 65_535 },
      leastLeft: 0,
      grown: 37,
      blocked: { byConnectionMs: 120, byStreamMs: 40, stretches: 5, longestMs: 60 },
      oursTaken: 0.02,
    },
    machineBusy: 0.55,
    stolen: 0.002,
  },
  secondOpinion: {
    tool: 'autocannon 9.0.0',
    count: 1000,
    perSecond: 100,
    failed: 0,
    mean: 4100,
    greatest: 21_000,
    quantiles: { p50: 4000, p90: 5000, p99: 9000, 'p99.9': 19_000 },
  },
}
