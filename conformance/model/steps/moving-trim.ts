import type { ReadEnd, ReadStart, SequencedRecord } from '../../../proto/types.ts'
import { meteredSize } from '../../../reference-server/semantics/batch/metered-size.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import { expectRead, type Oracle, trimPlaces } from '../oracle.ts'

/**
 * A session reads on from where it stands, and the trim may move ahead meanwhile (CMD-020): then records below the trim point
 * are left out of its middle, and its bounds go on to those behind. The place that the trim had come to by the end, or
 * undefined where that does not explain which records were got.
 */
export function placeMovedTo(
  oracle: Oracle,
  place: bigint,
  start: ReadStart,
  end: ReadEnd,
  got: readonly SequencedRecord[],
): bigint | undefined {
  const outcome = expectRead(oracle, place, start, end)
  if (isRefusal(outcome)) return got.length === 0 ? place : undefined
  const same = commonLength(outcome.records, got)
  if (same === got.length && same === outcome.records.length) return place
  const last = outcome.records[same - 1]
  if (last === undefined) return undefined
  const [head, rest] = [outcome.records.slice(0, same), got.slice(same)]
  for (const later of trimPlaces({ ...oracle, goneBelow: place }, rest[0]?.seqNum)) {
    if (later <= last.seqNum) continue
    const from = { seqNum: last.seqNum + 1n, clamp: true }
    const found = placeMovedTo(oracle, later, from, leftOf(end, head), rest)
    if (found !== undefined) return found
  }
  return undefined
}

function commonLength(one: readonly SequencedRecord[], other: readonly SequencedRecord[]): number {
  const differs = one.findIndex(({ seqNum }, index) => seqNum !== other[index]?.seqNum)
  return differs === -1 ? one.length : differs
}

/** What these records leave of the bounds. */
function leftOf(end: ReadEnd, records: readonly SequencedRecord[]): ReadEnd {
  const bytes = records.reduce((sum, record) => sum + meteredSize(record), 0n)
  return {
    ...end,
    ...(end.count !== undefined && { count: end.count - BigInt(records.length) }),
    ...(end.bytes !== undefined && { bytes: end.bytes - bytes }),
  }
}
