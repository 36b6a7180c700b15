import { MAX_BATCH_RECORDS, MAX_METERED_BYTES } from '../../../proto/limits.ts'
import type { MeteredBytes, ReadEnd, Timestamp } from '../../../proto/types.ts'
import { type KeptRecord, sizeOf } from './kept-record.ts'

/** What a read may still deliver. An absent bound does not bind; `until` is exclusive (READ-025). */
export interface Budget {
  readonly count: bigint | undefined
  readonly bytes: MeteredBytes | undefined
  readonly until: Timestamp | undefined
}

export interface Taken<Kept extends KeptRecord> {
  readonly records: readonly Kept[]
  readonly left: Budget
  /** The read is over: a record did not fit, or a bound is used up to the last. */
  readonly done: boolean
}

export const budgetOf = ({ count, bytes, until }: ReadEnd): Budget => ({ count, bytes, until })

/** Nothing more can be delivered: whoever asks so is answered at once, wherever the read would start (READ-023, READ-024). */
export const isSpent = ({ count, bytes }: Budget): boolean => count === 0n || bytes === 0n

/**
 * True if the budget has room for this record: the longest prefix that fits is delivered.
 * (READ-020 to READ-022, READ-025 to READ-027, READ-029)
 */
export function fits(budget: Budget, record: KeptRecord): boolean {
  if (budget.until !== undefined && record.timestamp >= budget.until) return false
  if (budget.count !== undefined && budget.count < 1n) return false
  return budget.bytes === undefined || sizeOf(record) <= budget.bytes
}

/** Takes records in order until one does not fit; bounds span the whole session (READ-034, READ-035). */
export function takeRecords<Kept extends KeptRecord>(records: readonly Kept[], budget: Budget): Taken<Kept> {
  let left = budget
  for (const [index, record] of records.entries()) {
    if (!fits(left, record)) return { records: records.slice(0, index), left, done: true }
    left = spend(left, record)
  }
  return { records, left, done: isSpent(left) }
}

/** Cuts what a session delivers into batches of at most 1000 records and 1 MiB (READ-037). */
export function cutBatches<Kept extends KeptRecord>(records: readonly Kept[]): readonly (readonly Kept[])[] {
  const batches: Kept[][] = []
  let current: Kept[] = []
  let size = 0n
  for (const record of records) {
    const own = sizeOf(record)
    if (current.length === MAX_BATCH_RECORDS || size + own > MAX_METERED_BYTES) {
      batches.push(current)
      current = []
      size = 0n
    }
    current.push(record)
    size += own
  }
  return current.length === 0 ? batches : [...batches, current]
}

function spend(budget: Budget, record: KeptRecord): Budget {
  return {
    count: budget.count === undefined ? undefined : budget.count - 1n,
    bytes: budget.bytes === undefined ? undefined : budget.bytes - sizeOf(record),
    until: budget.until,
  }
}
