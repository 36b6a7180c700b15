import type { Position, ReadEnd, ReadStart, SequencedRecord } from '../../../proto/types.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { budgetOf, isSpent, takeRecords } from './read-bounds.ts'
import { checkReadQuery, mayStandAtTail } from './read-query.ts'
import { resolveStart, type StartPoint } from './read-start.ts'

/** A stream's tail and the records it retains, in order. */
export interface Log {
  readonly tail: Position
  readonly records: readonly SequencedRecord[]
}

export interface CatchUp {
  readonly records: readonly SequencedRecord[]
  /** True: a bound ended the read. False: it came to the tail. */
  readonly done: boolean
}

/**
 * What a session delivers of the records that are there: the definition of a read up to the tail (READ-004, READ-005,
 * READ-067), and with `unaryEnd` that of a unary read (READ-014). The server takes the same steps over its store, page by
 * page; what comes after is `nextStep`'s.
 */
export function read(log: Log, start: ReadStart, end: ReadEnd): CatchUp | Refusal {
  const refusal = checkReadQuery(start, end)
  if (refusal !== undefined) return refusal
  const budget = budgetOf(end)
  if (isSpent(budget)) return { records: [], done: true }
  const point = resolveStart(start, log.tail, mayStandAtTail(end))
  if (isRefusal(point)) return point
  const found = log.records.filter((record) => isAtOrAfter(record, point))
  if (point.from === 'timestamp') {
    const seqNum = found[0]?.seqNum ?? log.tail.seqNum
    const judged = resolveStart({ seqNum }, log.tail, mayStandAtTail(end))
    if (isRefusal(judged)) return judged
  }
  const { records, done } = takeRecords(found, budget)
  return { records, done }
}

/** A gap on the left is skipped: the first record is the earliest that exists (CMD-022). */
function isAtOrAfter(record: Position, point: StartPoint): boolean {
  return point.from === 'timestamp' ? record.timestamp >= point.timestamp : record.seqNum >= point.seqNum
}
