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

function sortedBy(times: Float64Array): Uint32Array {
  const order = new Uint32Array(times.length)
  let isSorted = true
  for (let index = 0; index < order.length; index++) {
    order[index] = index
    if (index > 0 && (times[index] ?? 0) < (times[index - 1] ?? 0)) isSorted = false
  }
  if (isSorted) return order
  const at = (index: number): number => times[index] ?? 0
  // Infinity less Infinity is no number.
  return order.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a - b))
}
