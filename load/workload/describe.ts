import { percent } from '../../reports/load/words.ts'
import type { Rate } from '../pace/plan.ts'
import { describeFault } from './faults.ts'
import type { RecordSize, Size } from './size.ts'
import type { Workload } from './workload.ts'

/** One line that says what a workload does. */
export function describeWorkload({
  name,
  streams,
  appends,
  tail,
  seconds,
  warmupSeconds,
  faults,
}: Workload): string {
  const { arrival, batch, recordBytes, transport, compression, writers } = appends
  const how =
    arrival.kind === 'open' ? describeRate(arrival.rate) : `${arrival.inFlight} at a time for each writer`
  const parts = [
    `${name}: batches of ${size(batch)} x ${bodies(recordBytes)} over ${transport}${compression === 'none' ? '' : ` (${compression})`}, ${how}`,
    `${count(streams, 'stream')}, ${count(streams * writers, 'writer')}, ${count(streams * tail.readers, 'reader')} at the tail`,
    `${seconds} s after ${warmupSeconds} s of warm-up`,
    ...(faults.length === 0 ? [] : [briefly(faults.map(describeFault))]),
  ]
  return parts.join('; ')
}

/** The first few. */
const briefly = (faults: readonly string[]): string =>
  [...faults.slice(0, 3), ...(faults.length > 3 ? [`${faults.length - 3} faults more`] : [])].join(', ')

function describeRate(rate: Rate): string {
  switch (rate.kind) {
    case 'constant':
      return `${round(rate.perSecond)}/s`
    case 'poisson':
      return `${round(rate.perSecond)}/s at random`
    case 'ramp':
      return `from ${round(rate.from)}/s to ${round(rate.to)}/s in ${rate.seconds} s`
    case 'burst':
      return `${rate.size} at once every ${rate.everySeconds} s`
  }
}

const count = (amount: number, what: string): string => `${amount} ${what}${amount === 1 ? '' : 's'}`
const round = (value: number): string => String(Number(value.toPrecision(4)))
const size = ({ least, most }: Size): string => (least === most ? `${least}` : `${least}..${most}`)
const bytes = ({ least, most }: Size): string =>
  least === most ? oneSize(least) : `${oneSize(least)}..${oneSize(most)}`

function bodies(size: RecordSize): string {
  const { most, distribution } = size
  switch (distribution?.kind) {
    case undefined:
      return bytes(size)
    case 'weighted': {
      const { sizes } = distribution
      const total = sizes.reduce((sum, { weight }) => sum + weight, 0)
      return `[${sizes.map((each) => `${percent(each.weight / total)} of ${bytes(each)}`).join(', ')}]`
    }
    case 'log-normal': {
      const { median, sigma } = distribution
      return `[log-normal around ${oneSize(median)}, sigma ${sigma}, up to ${oneSize(most)}]`
    }
  }
}

const oneSize = (value: number): string =>
  value >= 1024 && value % 1024 === 0 ? `${value / 1024} KiB` : `${value} B`
