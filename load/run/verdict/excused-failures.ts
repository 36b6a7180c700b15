import {
  EXCUSABLE,
  type Excusable,
  type LoadSnapshot,
  type PlayedFault,
} from '../../faults/fault-schedule.ts'

/** What happened while faults lasted, from when each was made to when the load had recovered from it. */
export interface ExcusedFailures extends Excusable {
  /** Times in which one fault or several lasted. */
  readonly times: number
}

/** `end` is how the load stood when all was over. Times in which several faults lasted are one. */
export function excusedFailures(faults: readonly PlayedFault[], end: LoadSnapshot): ExcusedFailures {
  const lasted = faults
    .flatMap(({ struck }) => struck ?? [])
    .flatMap(({ fired, blow, recovered = end }) => (blow.hit ? [{ fired, recovered }] : []))
    .toSorted((one, other) => one.fired.atUs - other.fired.atUs)
  const sums = {
    refused: 0,
    unknown: 0,
    waited: 0,
    heldBack: 0,
    samples: 0,
    stalledSamples: 0,
    readersCut: 0,
  }
  let times = 0
  let until: LoadSnapshot | undefined
  for (const { fired, recovered } of lasted) {
    const isApart = until === undefined || until.atUs < fired.atUs
    if (isApart) times += 1
    // Of what overlaps, only what comes after the one before.
    const from = until === undefined || isApart ? fired : until
    if (recovered.atUs <= from.atUs) continue
    for (const name of EXCUSABLE) sums[name] += recovered[name] - from[name]
    until = recovered
  }
  return { ...sums, times }
}
