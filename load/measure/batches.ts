import type { AppendFigures, LatencyName } from '../../reports/load/result.ts'

type Rates = Pick<AppendFigures, 'perSecond'>

/** How many of so many times are not of one and the same: what is told of them is told of no more values than that. */
export const differentOf = (name: LatencyName, times: number, appends: Rates): number =>
  name === 'e2e' ? batchesOf(times, appends) : times

/** The records of a batch have one end-to-end time between them, each reader its own; batches are taken to be of their mean size. */
export const batchesOf = (times: number, { perSecond: { appends, records } }: Rates): number =>
  records <= appends ? times : Math.round((times * appends) / records)
