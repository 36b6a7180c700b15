import { describe, expect, test } from 'vitest'
import { UNLIMITED } from '../../client/command/service-options.ts'
import { withTarget } from '../../client/command/with-target.ts'
import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import { quietIo as io } from '../../kit/testing/quiet-io.ts'
import type { Position } from '../../proto/types.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { loadToText } from '../../reports/load/text.ts'
import type { Defect, RulesDefect, WireDefect } from '../../verification/suite-mutants/defect.ts'
import { startServer } from '../../verification/suite-mutants/server.ts'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'
import { type RunLoad, runLoad } from './run-load.ts'

const SERVICE = { ...UNLIMITED, token: undefined }

/** A second of load on the reference server, healthy or not. */
async function load(
  fields: WorkloadFields,
  defect?: Defect,
  hooks: Partial<Pick<RunLoad, 'interrupted' | 'onTick'>> = {},
): Promise<LoadResult> {
  const server = await startServer(defect)
  try {
    const createLauncher = () => Promise.resolve(attach(singleEndpoint(server.url)))
    const plan = {
      isEmbedded: false,
      isAttached: true,
      options: '',
      createLauncher,
    } as const
    const workload = parseWorkload({ duration: 1, warmup: 0, rate: 200, ...fields }, 'story')
    const use = { workload, tool: 's2-load', interrupted: io.interrupted, onTick() {}, ...hooks }
    const { recorded } = await withTarget(plan, SERVICE, io, (target) => runLoad(target, use))
    return recorded
  } finally {
    await server.stop()
  }
}

describe('a load', () => {
  test.each<[string, WorkloadFields]>([
    ['over sessions', {}],
    ['over sessions, compressed', { compression: 'zstd', 'read-compression': 'gzip', compressible: 0.7 }],
    ['of unary requests in protobuf', { transport: 'h2-proto' }],
    ['of unary requests in JSON', { transport: 'h2-json', headers: 2 }],
    ['over HTTP/1.1', { transport: 'h1-json' }],
    ['that is read by events', { 'read-transport': 'sse', 'catch-up-transport': 'sse', headers: 3 }],
    ['over connections that writers and readers share', { 'share-connections': true }],
    ['with headers', { headers: 2, 'read-compression': 'zstd' }],
    [
      'of several writers and threads on several streams',
      { streams: 4, writers: 3, threads: 2, readers: 2, connections: 2 },
    ],
    [
      'of batches and records of all sizes',
      { batch: '1..30', 'record-size': '32..2000', choice: 'zipf', streams: 3 },
    ],
  ])('%s is whole, and every planned append is timed', async (_what, fields) => {
    const { integrity, appends, latencies, catchUp } = await load(fields)
    expect(integrity).toMatchObject({ verdict: 'verified', violations: {}, notes: [] })
    expect(appends).toMatchObject({ refused: 0, unknown: 0, unfinished: 0 })
    expect(latencies.response?.count).toBe(200)
    expect(latencies.service?.count).toBe(200)
    expect(latencies.lag?.count).toBe(200)
    // The load has no warm-up: whatever a reader at the tail got is timed, from the very first record on.
    expect(latencies.e2e?.count).toBe(integrity.recordsRead - (catchUp?.records ?? 0))
    expect(latencies.response?.mean).toBeGreaterThanOrEqual(latencies.service?.mean ?? 0)
  })

  test('whose appends come at random is measured by the plan that it had', async () => {
    const { appends, latencies } = await load({ rate: 'poisson 50', seed: 1 })
    expect(appends.plannedPerSecond).toBe(latencies.response?.count)
  })

  test('in a closed loop keeps so many under way', async () => {
    const { integrity, appends, latencies } = await load({ closed: 4, batch: 1 })
    expect(integrity.verdict).toBe('verified')
    expect(appends.plannedPerSecond).toBeUndefined()
    expect(latencies.lag).toBeUndefined()
    // A commit takes 4 ms here, and what comes together shares it.
    expect(appends.acked).toBeGreaterThan(10)
  })

  test('whose requests wait for each other says so, and which option it needs', async () => {
    const { appends, reasons } = await load({ transport: 'h1-json', closed: 4, connections: 1 })
    expect(appends.waited?.count).toBeGreaterThan(0)
    expect(appends.waited?.us).toBeGreaterThan(0)
    expect(reasons.join()).toContain('give more --connections')
  })

  test('asks for tails beside the appends', async () => {
    const { latencies } = await load({ 'check-tails': 100 })
    expect(latencies['check-tail']?.count).toBe(100)
  })

  test('that is interrupted shows what there was', async () => {
    const controller = new AbortController()
    let ticks = 0
    const onTick = (): void => {
      ticks += 1
      if (ticks === 3) controller.abort()
    }
    const result = await load({ duration: 600 }, undefined, { interrupted: controller.signal, onTick })
    expect(result).toMatchObject({ interrupted: true, integrity: { verdict: 'verified' } })
    expect(result.verdict).not.toBe('VALID')
    expect(result.latencies.response?.count).toBeGreaterThan(0)
    expect(result.series.length).toBe(2)
    expect(loadToText(result)).toContain('interrupted')
  })
})

type Append = RulesDefect['apply'] extends (rules: infer Rules, ...rest: never[]) => unknown
  ? Rules extends { append: infer Rule }
    ? Rule
    : never
  : never
type Appended = Exclude<
  ReturnType<Extract<Append, (...args: never[]) => unknown>>,
  { readonly refusal: unknown }
>

/** A server that does this to what it appends. */
const broken = (name: string, change: (appended: Appended) => Appended): RulesDefect => ({
  name,
  seam: 'rules',
  kills: ['none'],
  story: '',
  apply: (rules, fired) => ({
    ...rules,
    append(...args) {
      const appended = rules.append(...args)
      return 'refusal' in appended ? appended : fired(change(appended))
    },
  }),
})

const changedBody = broken('changed-body', (appended) => ({
  ...appended,
  records: appended.records.map((record) =>
    record.seqNum === 25n
      ? { ...record, body: record.body.map((byte, at) => (at === 700 ? byte ^ 1 : byte)) }
      : record,
  ),
}))

const changedHeader = broken('changed-header', (appended) => ({
  ...appended,
  records: appended.records.map((record) =>
    record.seqNum === 25n ? { ...record, headers: record.headers.toReversed() } : record,
  ),
}))

const lostRecord = broken('lost-record', (appended) => ({
  ...appended,
  records: appended.records.filter(({ seqNum }) => seqNum !== 25n),
}))

const twice = broken('twice', (appended) => ({
  ...appended,
  records: appended.records.map((record, at, all) => ({
    ...record,
    body: (all[at === 7 ? 6 : at] ?? record).body,
  })),
}))

const swapped = broken('swapped', (appended) => ({
  ...appended,
  records: appended.records.map((record, at, all) => ({
    ...record,
    body: (all[all.length - 1 - at] ?? record).body,
  })),
}))

const elsewhere: WireDefect = {
  name: 'elsewhere',
  seam: 'wire',
  kills: ['none'],
  story: '',
  apply: (wire, fired) => ({
    ...wire,
    encodeAppendAck: ({ start, end, tail }) =>
      wire.encodeAppendAck(fired({ start: later(start), end: later(end), tail })),
  }),
}

const longer: WireDefect = {
  ...elsewhere,
  name: 'longer',
  apply: (wire, fired) => ({
    ...wire,
    encodeAppendAck: ({ start, end, tail }) =>
      wire.encodeAppendAck(fired({ start, end: { ...end, seqNum: end.seqNum + 1n }, tail })),
  }),
}

const later = (position: Position): Position => ({ ...position, seqNum: position.seqNum + 10n })

describe('a server that is not to be trusted is found out', () => {
  test.each([
    ['changes a byte', changedBody, 'foreign-bytes'],
    ['swaps the headers of a record', changedHeader, 'foreign-bytes'],
    ['loses a record', lostRecord, 'gap'],
    ['writes a record twice', twice, 'duplicate'],
    ['turns a batch around', swapped, 'torn-batch'],
    ['says that it stands elsewhere', elsewhere, 'wrong-ack'],
    ['says that more was appended', longer, 'wrong-ack'],
  ])('that %s', async (_what, defect, anomaly) => {
    const result = await load({ duration: 0.5, headers: 2 }, defect)
    expect(result.integrity.verdict).toBe('violated')
    expect(Object.keys(result.integrity.violations)).toContain(anomaly)
    expect(result.integrity.first.some((each) => each.anomaly === anomaly)).toBe(true)
    expect(loadToText(result)).toContain(`${anomaly} at `)
  })
})
