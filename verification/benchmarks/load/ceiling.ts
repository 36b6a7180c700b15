import { appendRates, loadNull } from '../../../load/calibrate/load-null.ts'
import { LARGE, MEASUREMENTS } from '../../../load/calibrate/measurements.ts'
import type { CeilingName } from '../../../reports/load/calibration.ts'
import { bareData, type Direction } from './ceiling-bare.ts'
import { h2loadVersion, runH2load } from './ceiling-h2load.ts'
import type { Part, Say } from './part.ts'
import {
  type Contender,
  inRounds,
  type Measured,
  ratioOf,
  ratioText,
  spreadText,
  valuesOf,
} from './rounds.ts'

const SECONDS = 1.5
const WARMUP_SECONDS = 0.75
const LENGTH = { duration: SECONDS, warmup: WARMUP_SECONDS }
const MIB = 1024 * 1024
/** Of a closed loop and of h2load alike. */
const UNARY = [
  { connections: 1, streams: 32 },
  { connections: 4, streams: 8 },
] as const
const UNARY_RECORD_BYTES = 100

/** What the generator reaches at most, on one thread with everything on, beside what there is to be reached. */
export const ceiling: Part = {
  name: 'ceiling',
  about: 'what one thread reaches, verifying and counting, against a server that does next to nothing',
  async run(say, { rounds }) {
    const h2load = h2loadVersion()
    const measured = await inRounds(rounds, [
      bare('append'),
      ours('append-bytes'),
      bare('read'),
      ours('read-bytes'),
      ours('append-records'),
      ours('read-records'),
      ours('append-singles'),
      ...UNARY.flatMap((shape) => [...(h2load === undefined ? [] : [theirUnary(shape)]), ourUnary(shape)]),
      threads(1),
      threads(2),
    ])
    say(`${rounds} rounds of ${SECONDS} s, forth and back by turns; median (lowest–highest)`)
    data(say, measured)
    records(say, measured)
    unary(say, measured, h2load)
    scaling(say, measured)
  },
}

const bare = (direction: Direction): Contender => ({
  name: `bare ${direction}`,
  async measure() {
    const bytes = LARGE.batch * LARGE['record-size']
    const options = { direction, bytes, inFlight: 16, seconds: SECONDS, warmupSeconds: WARMUP_SECONDS }
    return { bytes: await bareData(options) }
  },
})

const ours = (name: CeilingName): Contender => ({
  name,
  async measure() {
    const { fields, rates } = MEASUREMENTS[name]
    return { ...rates(await loadNull({ ...fields, ...LENGTH })) }
  },
})

type Shape = (typeof UNARY)[number]
const shapeText = ({ connections, streams }: Shape): string => `${connections} × ${streams}`

const theirUnary = (shape: Shape): Contender => ({
  name: `h2load ${shapeText(shape)}`,
  async measure() {
    const options = { recordBytes: UNARY_RECORD_BYTES, seconds: SECONDS, warmupSeconds: WARMUP_SECONDS }
    return { appends: await runH2load({ ...shape, ...options }) }
  },
})

const ourUnary = (shape: Shape): Contender => ({
  name: `unary ${shapeText(shape)}`,
  async measure() {
    const { connections, streams } = shape
    const { fields } = MEASUREMENTS['unary-proto']
    const load = await loadNull({ ...fields, ...LENGTH, connections, closed: connections * streams })
    const { appends } = appendRates(load)
    const [thread] = load.health
    return { appends, busy: thread?.busy ?? Number.NaN, collecting: (thread?.collectedUs ?? 0) / 1e6 }
  },
})

/** As many streams as threads, so that each has a session of its own. */
const threads = (count: number): Contender => ({
  name: `${count} threads`,
  async measure() {
    const { fields } = MEASUREMENTS['append-records']
    const load = await loadNull({ ...fields, ...LENGTH, threads: count, streams: 2 })
    return { records: appendRates(load).records, machine: load.machine.busy }
  },
})

function data(say: Say, measured: ReadonlyMap<string, Measured>): void {
  say('64 KiB records over S2S, beside bare DATA of node:http2 in pieces of the same size; at least 0.70')
  for (const direction of ['append', 'read'] as const) {
    const [own, least] = [`${direction}-bytes`, `bare ${direction}`].map((name) =>
      valuesOf(measured, name, 'bytes').map((bytes) => bytes / MIB),
    )
    const ratio = ratioText(ratioOf(own ?? [], least ?? []))
    say(
      `  ${direction.padEnd(6)} ${spreadText(own ?? []).padEnd(24)} MiB/s, bare ${spreadText(least ?? []).padEnd(24)} MiB/s: ${ratio} of it`,
    )
  }
}

function records(say: Say, measured: ReadonlyMap<string, Measured>): void {
  say('100 B records over S2S, records/s; at least 1,000,000 where a batch has 1,000')
  for (const [name, what] of [
    ['append-records', 'append'],
    ['read-records', 'read'],
    ['append-singles', 'append one by one'],
  ] as const)
    say(`  ${what.padEnd(18)} ${spreadText(valuesOf(measured, name, 'records'))}`)
}

function unary(say: Say, measured: ReadonlyMap<string, Measured>, h2load: string | undefined): void {
  say(
    `unary appends in protobuf over HTTP/2, requests/s, connections × streams, beside ${h2load === undefined ? 'h2load: SKIPPED, it is not installed' : `h2load (${h2load})`}; at least 0.50`,
  )
  for (const shape of UNARY) {
    const own = valuesOf(measured, `unary ${shapeText(shape)}`, 'appends')
    const theirs = valuesOf(measured, `h2load ${shapeText(shape)}`, 'appends')
    const beside =
      h2load === undefined
        ? ''
        : `, h2load ${spreadText(theirs).padEnd(24)}: ${ratioText(ratioOf(own, theirs))} of it`
    const [busy, collecting] = ['busy', 'collecting'].map((name) =>
      spreadText(valuesOf(measured, `unary ${shapeText(shape)}`, name)),
    )
    say(`  ${shapeText(shape)}  ${spreadText(own).padEnd(24)}${beside}`)
    say(`          the thread was busy ${busy} of the time and collected garbage for ${collecting} s in all`)
  }
}

function scaling(say: Say, measured: ReadonlyMap<string, Measured>): void {
  const [one, two] = ['1 threads', '2 threads'].map((name) => valuesOf(measured, name, 'records'))
  const machine = spreadText(valuesOf(measured, '2 threads', 'machine'))
  say('100 B records appended to two streams, by two threads beside one; the server has one core of these')
  say(
    `  ${spreadText(two ?? [])} records/s beside ${spreadText(one ?? [])}: ${ratioText(ratioOf(two ?? [], one ?? []))} times as many; of all cores ${machine} were busy`,
  )
}
