import type { Receipts } from '../../client/faults/fault-proxy.ts'
import { howMany } from '../../kit/text/how-many.ts'
import type { Evidence } from './evidence.ts'
import type { Need } from './workloads.ts'

const NEEDED: Readonly<Record<Need, string>> = {
  refusals: 'no condition was refused',
  deliveries: 'no follower was given anything',
  lateStarts: 'no read began behind a trim: nothing that was trimmed has gone yet',
}

/** Why a history with nothing wrong in it still shows nothing; undefined if it shows something. */
export function doubtOf(
  evidence: Evidence,
  faults: Receipts,
  clients: number,
  needs: readonly Need[],
): string | undefined {
  const cuts = faults['cut-request'] + faults['cut-answer']
  if (cuts === 0) return 'no connection was cut under way'
  if (evidence.unknown === 0) return 'every append got its answer'
  if (evidence.overlaps < clients) return `only ${howMany(evidence.overlaps, 'operations')} overlapped`
  const missing = needs.find((need) => evidence[need] === 0)
  return missing === undefined ? undefined : NEEDED[missing]
}
