import type { Operation } from './operation.ts'

/** Operations in the order of their calls and of their returns, as indices: typed arrays, for a million are nothing unusual. */
export interface RealTime {
  readonly byCall: Uint32Array
  readonly byReturn: Uint32Array
}

export function realTimeOf(operations: readonly Operation[]): RealTime {
  const called = new Float64Array(operations.length)
  const returned = new Float64Array(operations.length)
  for (let index = 0; index < operations.length; index++) {
    called[index] = operations[index]?.called ?? 0
    returned[index] = operations[index]?.returned ?? 0
  }
  return { byCall: sortedBy(called), byReturn: sortedBy(returned) }
}

/**
 * Indices in the order of their times; what is equal keeps its order. The times alone are sorted, natively, and each is
 * then looked up: a comparison by a function of ours for each step would take longer than all the rest of the check.
 */
function sortedBy(times: Float64Array): Uint32Array {
  const sorted = times.toSorted()
  const taken = new Uint32Array(times.length)
  const order = new Uint32Array(times.length)
  for (let index = 0; index < times.length; index++) {
    const first = firstPlaceOf(sorted, times[index] ?? 0)
    const nth = taken[first] ?? 0
    taken[first] = nth + 1
    order[first + nth] = index
  }
  return order
}

function firstPlaceOf(sorted: Float64Array, time: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? 0) < time) from = middle + 1
    else to = middle
  }
  return from
}
