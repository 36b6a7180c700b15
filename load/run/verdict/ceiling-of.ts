import type { Calibration, CeilingFigures, Rates } from '../../../reports/load/calibration.ts'
import type { AppendFigures, CatchUpFigures, ReadFigures } from '../../../reports/load/result.ts'
import { traitsOf } from '../../workload/append-transport.ts'
import type { Reads, Workload } from '../../workload/workload.ts'
import { type Costs, solveCosts } from './costs.ts'

/** What a run came to. */
export interface Reached {
  readonly workload: Workload
  readonly appends: Pick<AppendFigures, 'perSecond'>
  readonly tail: Pick<ReadFigures, 'perSecond'> | undefined
  readonly catchUp: Pick<CatchUpFigures, 'perSecond'> | undefined
}

/**
 * The calibration, and what part of a thread's time what a run did would take by it. A part of which the calibration knows
 * nothing, as of compressed frames or JSON, is left out with the whole.
 */
export function ceilingOf(calibration: Calibration, reached: Reached): CeilingFigures {
  const { measured, ceilings, floor, lag } = calibration
  const { workload, appends, tail, catchUp: { perSecond: caughtUpRate } = {} } = reached
  const part = busiestPart(workload)
  const reading = readCosts(calibration)
  const written = timeOf(appendCosts(calibration, workload), appends.perSecond)
  const followed = tail === undefined ? 0 : timeRead(reading, workload.tail, tail.perSecond)
  const caughtUp = caughtUpRate === undefined ? undefined : timeRead(reading, workload.catchUp, caughtUpRate)
  const load = written === undefined || followed === undefined ? undefined : (written + followed) * part
  return {
    calibrated: measured,
    ...(load !== undefined && { load }),
    ...(caughtUp !== undefined && { catchUp: caughtUp * part }),
    ceilings,
    floor,
    lag,
  }
}

/** What the thread with the most streams has of a load: each stream is of one thread, and some may be of none. */
const busiestPart = ({ streams, threads }: Workload): number => Math.ceil(streams / threads) / streams

function appendCosts({ ceilings }: Calibration, { appends }: Workload): Costs | undefined {
  if (appends.compression !== 'none') return undefined
  const { 'append-bytes': bytes, 'append-records': records } = ceilings
  const { ceiling } = traitsOf(appends.transport)
  return ceiling === undefined ? undefined : solveCosts([ceilings[ceiling], records, bytes])
}

/** Of batches nothing is known, and they cost next to nothing where they hold more than one record. */
const readCosts = ({ ceilings }: Calibration): Costs | undefined =>
  solveCosts([NO_APPENDS, ceilings['read-records'], ceilings['read-bytes']])

const NO_APPENDS: Rates = { appends: 1, records: 0, bytes: 0 }

const timeRead = (
  costs: Costs | undefined,
  { transport, compression }: Reads,
  perSecond: ReadFigures['perSecond'],
): number | undefined =>
  transport === 's2s' && compression === 'none' ? timeOf(costs, { appends: 0, ...perSecond }) : undefined

/** Seconds of one thread for a second of this. */
const timeOf = (costs: Costs | undefined, { appends, records, bytes }: Rates): number | undefined =>
  costs === undefined
    ? undefined
    : appends * costs.perAppend + records * costs.perRecord + bytes * costs.perByte
