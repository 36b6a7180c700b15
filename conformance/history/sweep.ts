import type { Anomaly, Finding } from './finding.ts'
import type { Operation } from './operation.ts'
import type { Pin } from './pins.ts'

/**
 * Real time: an operation must not stand before one that had returned when it was called. Going through all calls and
 * returns in order, each operation takes the lowest place that its pin allows above everything that had returned.
 * That is safe for those with a choice, because they change nothing; so the sweep finds an order if there is one, in
 * O(n log n). A call and a return at the same instant overlap.
 */
export function sweep(pins: readonly Pin[]): readonly Finding[] {
  const byCall = [...pins].sort((a, b) => a.operation.called - b.operation.called)
  const byReturn = [...pins].sort((a, b) => a.operation.returned - b.operation.returned)
  const places = new Map<Pin, number>()
  const findings: Finding[] = []
  let returned = 0
  let highest: { readonly place: number; readonly operation: Operation } | undefined
  for (const pin of byCall) {
    for (
      let next = byReturn[returned];
      next !== undefined && next.operation.returned < pin.operation.called;
      next = byReturn[++returned]
    ) {
      const place = places.get(next)
      if (place !== undefined && (highest === undefined || place > highest.place))
        highest = { place, operation: next.operation }
    }
    const place = lowestAllowed(pin, highest?.place ?? 0)
    if (place !== undefined) places.set(pin, place)
    else if (highest !== undefined) findings.push(tooLate(pin, highest.operation))
  }
  return findings
}

function lowestAllowed({ allowed }: Pin, floor: number): number | undefined {
  for (const [from, to] of allowed) {
    if (to >= floor) return Math.max(from, floor)
  }
  return undefined
}

/** `pin` can only stand before `earlier`, which had returned before it was called. */
function tooLate({ operation }: Pin, earlier: Operation): Finding {
  const anomaly = name(operation, earlier)
  const why = `${describe(operation)} at ${operation.called}, after ${describe(earlier)} had come back at ${earlier.returned}`
  return { anomaly, operations: [earlier, operation], why }
}

function name(later: Operation, earlier: Operation): Anomaly {
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
