import type { Anomaly, Finding } from './finding.ts'
import type { Operation } from './operation.ts'
import type { Pins } from './pins.ts'
import type { RealTime } from './real-time.ts'

const NOBODY = -1

/**
 * Real time: an operation must not stand before one that had returned when it was called, nor before one that its session
 * had sent earlier. Going through all calls and returns in order, each operation takes the lowest place that its pin allows
 * above all those. That is safe for those with a choice, because they change nothing; so the sweep finds an order if
 * there is one, in O(n log n). A call and a return at the same instant overlap.
 */
export function sweep(operations: readonly Operation[], pins: Pins, realTime: RealTime): readonly Finding[] {
  const findings: Finding[] = []
  const returned = new Returned(operations, realTime.byReturn)
  const sessions = new Map<string, number>()
  const places = new Float64Array(operations.length).fill(-1)
  /** For each operation that could not stand lower the one that was in its way. */
  const pushedBy = new Int32Array(operations.length).fill(NOBODY)
  for (let turn = 0; turn < realTime.byCall.length; turn++) {
    const index = realTime.byCall[turn] ?? 0
    const highest = returned.highestBefore(operations[index]?.called ?? 0, places)
    if (saysNothing(pins, index)) continue
    const session = sessionOf(operations[index])
    const sent = session === undefined ? NOBODY : (sessions.get(session) ?? NOBODY)
    const before = higher(highest, sent, places)
    const place = lowestAllowed(pins, index, places[before] ?? 0)
    if (place === undefined) {
      findings.push(tooLate(operations, index, chainTo(before, pushedBy)))
      continue
    }
    places[index] = place
    if (place > (pins.from[index] ?? 0)) pushedBy[index] = before
    if (session !== undefined) sessions.set(session, index)
  }
  return findings
}

/** Which of the operations that have returned stands highest; asked for later and later moments. */
class Returned {
  readonly #operations: readonly Operation[]
  readonly #byReturn: Uint32Array
  #next = 0
  #highest = NOBODY

  constructor(operations: readonly Operation[], byReturn: Uint32Array) {
    this.#operations = operations
    this.#byReturn = byReturn
  }

  highestBefore(called: number, places: Float64Array): number {
    for (; this.#next < this.#byReturn.length; this.#next++) {
      const index = this.#byReturn[this.#next] ?? 0
      if ((this.#operations[index]?.returned ?? 0) >= called) break
      this.#highest = higher(this.#highest, index, places)
    }
    return this.#highest
  }
}

/** The first of two unless the second stands higher; one that has no place stands below all. */
const higher = (one: number, other: number, places: Float64Array): number =>
  (places[other] ?? -1) > (places[one] ?? -1) ? other : one

const sessionOf = (operation: Operation | undefined): string | undefined =>
  operation?.did.action === 'append' ? operation.did.session : undefined

const saysNothing = ({ from, to }: Pins, index: number): boolean => (from[index] ?? 0) > (to[index] ?? 0)

function lowestAllowed({ from, to, ranges }: Pins, index: number, floor: number): number | undefined {
  const first = from[index] ?? 0
  if ((to[index] ?? 0) >= floor) return Math.max(first, floor)
  for (const [start, end] of ranges.get(index) ?? []) {
    if (end >= floor) return Math.max(start, floor)
  }
  return undefined
}

/** An operation, and before it those that had pushed it where it stands, each in the way of the next. */
function chainTo(last: number, pushedBy: Int32Array): readonly number[] {
  const chain: number[] = []
  for (let index = last; index !== NOBODY; index = pushedBy[index] ?? NOBODY) chain.unshift(index)
  return chain
}

/** The operation can only stand before the last of the chain, which real time or their session puts before it. */
function tooLate(operations: readonly Operation[], index: number, chain: readonly number[]): Finding {
  const shown = [...chain, index].flatMap((each) => operations[each] ?? [])
  const [earlier, later] = shown.slice(-2)
  if (earlier === undefined || later === undefined)
    throw new Error('an operation with nothing before it found no place')
  const isReturned = earlier.returned < later.called
  const why = `${describe(later)} at ${later.called.toFixed(3)}, after ${describe(earlier)} ${isReturned ? `had come back at ${earlier.returned.toFixed(3)}` : 'was sent in the same session'}`
  return { anomaly: nameOf(later, earlier), operations: shown, why }
}

function nameOf(later: Operation, earlier: Operation): Anomaly {
  switch (later.got.outcome) {
    case 'tail':
    case 'unwritten':
      return earlier.got.outcome === 'tail' || earlier.got.outcome === 'unwritten'
        ? 'tail-regression'
        : 'stale-tail'
    case 'records':
      return 'stale-read'
    case 'acked':
    case 'unknown':
      return 'future-read'
    default:
      return 'wrong-precondition'
  }
}

function describe({ did, got }: Operation): string {
  switch (got.outcome) {
    case 'acked':
      return `an append at ${got.start.seqNum} to ${got.end.seqNum - 1n}`
    case 'tail':
    case 'unwritten':
      return `the tail ${got.tail.seqNum}`
    case 'records':
      return `a read of ${got.records.length} records from ${did.action === 'read' || did.action === 'follow' ? did.from : '?'}`
    case 'seq-num-mismatch':
    case 'fencing-token-mismatch':
      return `a refusal that named "${got.actual}"`
    default:
      return `an append of ${got.outcome} outcome`
  }
}
