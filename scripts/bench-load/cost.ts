import { loadNull } from '../../load/calibrate/load-null.ts'
import { MEASUREMENTS } from '../../load/calibrate/measurements.ts'
import type { Without } from '../../load/run/messages.ts'
import type { CeilingName, Rates } from '../../reports/load/calibration.ts'
import type { Part } from './part.ts'
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
  },
}

const nameOf = (without: Without | undefined): string => without ?? 'nothing'

const contender = (name: CeilingName, without: Without | undefined): Contender => ({
  name: nameOf(without),
  async measure() {
    const { fields, rates } = MEASUREMENTS[name]
    return { ...rates(await loadNull({ ...fields, ...LENGTH }, without)) }
  },
})
