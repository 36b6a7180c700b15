import { loadNull } from '../../../load/calibrate/load-null.ts'
import { MEASUREMENTS } from '../../../load/calibrate/measurements.ts'
import type { Without } from '../../../load/run/engine/messages.ts'
import type { CeilingName, Rates } from '../../../reports/load/calibration.ts'
import { ratesOnServer } from './cost-server.ts'
import type { Part, Say } from './part.ts'
import { type Contender, inRounds, ratioOf, ratioText, spreadText, valuesOf } from './rounds.ts'

const LENGTH = { duration: 1.25, warmup: 0.75 }

/** Where looking at every record and counting every time cost most: at the generator's own ceiling. */
const LOADS: readonly (readonly [name: CeilingName, what: string, counted: keyof Rates])[] = [
  ['append-bytes', '64 KiB records appended', 'bytes'],
  ['read-bytes', '64 KiB records read', 'bytes'],
  ['append-records', '100 B records appended', 'records'],
  ['read-records', '100 B records read', 'records'],
  ['append-singles', '100 B records appended one by one', 'appends'],
]

const LEFT_OUT: readonly (Without | undefined)[] = [undefined, 'verification', 'histograms']

/** The smallest records, of which the most come; one writer, then a reader that catches up. */
const ON_A_SERVER = {
  batch: 1000,
  'record-size': 100,
  closed: 8,
  readers: 0,
  'catch-up': 1,
  duration: 3,
  warmup: 1,
} as const

/** What it costs that every record is verified and every time is counted, in parts of the throughput. */
export const cost: Part = {
  name: 'cost',
  about: 'what verification and histograms cost, of the throughput at the generator’s ceiling',
  async run(say, { rounds }) {
    say(
      `${rounds} rounds of ${LENGTH.duration} s, forth and back by turns; the throughput with all beside that without one; at least 0.90`,
    )
    for (const [name, what, counted] of LOADS) {
      const measured = await inRounds(
        rounds,
        LEFT_OUT.map((without) => contender(name, without)),
      )
      const all = valuesOf(measured, nameOf(undefined), counted)
      const [verification, histograms] = (['verification', 'histograms'] as const).map((without) =>
        ratioText(ratioOf(all, valuesOf(measured, nameOf(without), counted))),
      )
      say(
        `  ${what.padEnd(34)} ${spreadText(all)} ${counted}/s: ${verification} of that without verification, ${histograms} of that without histograms`,
      )
    }
    await onServer(say, rounds)
  },
}

async function onServer(say: Say, rounds: number): Promise<void> {
  const measured = await inRounds(
    rounds,
    ([undefined, 'verification'] as const).map((without) => ({
      name: nameOf(without),
      measure: () => ratesOnServer(ON_A_SERVER, without),
    })),
  )
  say('against the reference server in memory, in another process, which is what limits these')
  for (const [rate, what] of [
    ['appended', '100 B records appended'],
    ['caughtUp', '100 B records caught up with'],
  ] as const) {
    const all = valuesOf(measured, nameOf(undefined), rate)
    const ratio = ratioText(ratioOf(all, valuesOf(measured, nameOf('verification'), rate)))
    say(`  ${what.padEnd(34)} ${spreadText(all)} records/s: ${ratio} of that without verification`)
  }
}

const nameOf = (without: Without | undefined): string => without ?? 'nothing'

const contender = (name: CeilingName, without: Without | undefined): Contender => ({
  name: nameOf(without),
  async measure() {
    const { fields, rates } = MEASUREMENTS[name]
    return { ...rates(await loadNull({ ...fields, ...LENGTH }, without)) }
  },
})
