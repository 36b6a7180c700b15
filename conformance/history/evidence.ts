import type { Operation } from './operation.ts'
import type { RealTime } from './real-time.ts'
import { beganLate } from './trims.ts'

/** What a history must contain before "no anomaly" means anything. */
export interface Evidence {
  readonly operations: number
  /** Operations that were called while an answered one of another client was under way. */
  readonly overlaps: number
  readonly acknowledged: number
  /** Appends that were refused for a condition. */
  readonly refusals: number
  /** Appends that may or may not have taken effect. */
  readonly unknown: number
  /** Answers with records, those of followers not counted. */
  readonly reads: number
  readonly tails: number
  /** Batches that followers were given. */
  readonly deliveries: number
  /** Reads and deliveries that began behind what had been trimmed. */
  readonly lateStarts: number
}

export function evidenceOf(operations: readonly Operation[], { byCall }: RealTime): Evidence {
  const outcomes: Record<Operation['got']['outcome'], number> = {
    acked: 0,
    'seq-num-mismatch': 0,
    'fencing-token-mismatch': 0,
    records: 0,
    unwritten: 0,
    tail: 0,
    failed: 0,
    unknown: 0,
  }
  let latest: Operation | undefined
  let overlaps = 0
  let deliveries = 0
  let lateStarts = 0
  for (let place = 0; place < byCall.length; place++) {
    const operation = operations[byCall[place] ?? 0]
    if (operation === undefined) continue
    const { client, called, returned, did, got } = operation
    if (latest !== undefined && latest.client !== client && latest.returned >= called) overlaps++
    // One that never returned would overlap with all that follow, and prove nothing.
    if (Number.isFinite(returned) && (latest === undefined || returned > latest.returned)) latest = operation
    outcomes[got.outcome]++
    if (did.action === 'follow') deliveries++
    if (got.outcome === 'records' && beganLate(operation)) lateStarts++
  }
  return {
    operations: operations.length,
    overlaps,
    acknowledged: outcomes.acked,
    refusals: outcomes['seq-num-mismatch'] + outcomes['fencing-token-mismatch'],
    unknown: outcomes.unknown,
    reads: outcomes.records - deliveries,
    tails: outcomes.tail + outcomes.unwritten,
    deliveries,
    lateStarts,
  }
}
