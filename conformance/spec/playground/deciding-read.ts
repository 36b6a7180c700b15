import { MAX_BATCH_RECORDS, MAX_UNARY_WAIT_SECONDS } from '../../../proto/limits.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import { isCommand } from '../../../reference-server/semantics/batch/command.ts'
import { meteredSize } from '../../../reference-server/semantics/batch/metered-size.ts'
import { type CatchUp, read } from '../../../reference-server/semantics/read/read.ts'
import { isRefusal, type Refusal } from '../../../reference-server/semantics/refusal.ts'
import { type RowId, rowsWhere } from './deciding-rows.ts'
import type { ReadRequest } from './request.ts'
import { retained, type SessionState } from './state.ts'

/** Returns the rows that decide the answer to a unary read, the most specific first. */
export function decidingRead(
  state: SessionState,
  request: ReadRequest,
  outcome: CatchUp | Refusal,
): readonly RowId[] {
  if (!isRefusal(outcome)) return deliveredRows(state, request, outcome)
  if (outcome.refusal === 'unwritten') return unwrittenRows(state, request)
  const { start } = request
  const selectors = [start.seqNum, start.timestamp, start.tailOffset].filter((value) => value !== undefined)
  return [selectors.length > 1 ? 'READ-003' : 'READ-028']
}

/** Why the start is not written. */
function unwrittenRows({ stream, records }: SessionState, { start }: ReadRequest): readonly RowId[] {
  const { seqNum, timestamp, clamp } = start
  const { tail } = stream
  const beyondNumber = seqNum !== undefined && seqNum > tail.seqNum
  const beyondTime = timestamp !== undefined && timestamp > tail.timestamp
  const isBeyond = beyondNumber || beyondTime
  const atTail = !isBeyond && timestamp === undefined
  const isEmpty = records.length === 0
  return rowsWhere(
    [isBeyond && clamp === true, 'READ-012'],
    [beyondNumber && clamp !== true, 'READ-007'],
    [beyondTime && clamp !== true, 'READ-008'],
    [atTail && isEmpty && seqNum === 0n, 'READ-014'],
    [atTail && seqNum === undefined && start.tailOffset === undefined, 'READ-002'],
    [atTail, 'READ-009'],
    [!isBeyond && timestamp !== undefined && isEmpty, 'READ-015'],
    [!isBeyond && timestamp !== undefined && !isEmpty, 'READ-016'],
    [true, 'READ-060'],
  )
}

function deliveredRows(state: SessionState, request: ReadRequest, outcome: CatchUp): readonly RowId[] {
  const { end } = request
  if (end.count === 0n || end.bytes === 0n) return ['READ-024']
  const waits = outcome.records.length === 0 && !outcome.done
  return [
    ...(waits ? waitRows(state, request) : boundRows(state, request, outcome)),
    ...startRows(state, request, outcome),
    ...contentRows(request, outcome),
  ]
}

/** A read that came to the tail without a record. */
function waitRows({ stream }: SessionState, { start, end }: ReadRequest): readonly RowId[] {
  const { tail } = stream
  const { wait = 0 } = end
  const isBeyond = (start.seqNum ?? 0n) > tail.seqNum || (start.timestamp ?? 0n) > tail.timestamp
  const isTrimmed = !isBeyond && start.seqNum !== undefined && start.seqNum < tail.seqNum
  const isTrimmedByOffset = start.tailOffset !== undefined && start.tailOffset > 0n && tail.seqNum > 0n
  const belowTail = isTrimmed || isTrimmedByOffset
  return rowsWhere(
    [belowTail && wait === 0, 'CMD-023'],
    [belowTail && wait > 0, 'CMD-024'],
    [isBeyond && wait > 0, 'READ-011'],
    [!belowTail && wait > 0, 'READ-010'],
    [wait > 0, 'READ-042'],
    [wait > MAX_UNARY_WAIT_SECONDS, 'READ-043'],
  )
}

/** The bound that ended the read: the first that the next record does not fit. */
function boundRows(state: SessionState, request: ReadRequest, { records, done }: CatchUp): readonly RowId[] {
  const { end } = request
  if (!done) return rowsWhere([(end.wait ?? 0) > 0, 'READ-040'])
  const next = nextRecord(state, request, records.length)
  const size = records.reduce((sum, record) => sum + meteredSize(record), 0n)
  const isEmpty = records.length === 0
  const untilEnds = end.until !== undefined && next !== undefined && next.timestamp >= end.until
  const countEnds = end.count !== undefined && BigInt(records.length) >= end.count
  const bytesEnd =
    end.bytes !== undefined &&
    (size === end.bytes || (next !== undefined && size + meteredSize(next) > end.bytes))
  return rowsWhere(
    [countEnds, 'READ-020'],
    [records.length === MAX_BATCH_RECORDS, 'READ-030'],
    [bytesEnd && isEmpty, 'READ-022'],
    [bytesEnd && !isEmpty, 'READ-021'],
    [untilEnds && isEmpty, 'READ-026'],
    [untilEnds && !isEmpty, 'READ-025'],
  )
}

/** The record after the delivered ones. */
function nextRecord(
  state: SessionState,
  { start }: ReadRequest,
  delivered: number,
): SequencedRecord | undefined {
  const all = read({ tail: state.stream.tail, records: retained(state) }, start, {})
  return isRefusal(all) ? undefined : all.records[delivered]
}

function startRows(state: SessionState, { start }: ReadRequest, { records }: CatchUp): readonly RowId[] {
  const { seqNum, timestamp, tailOffset } = start
  const first = records[0]?.seqNum
  const isGap =
    first !== undefined && first === state.stream.trimPoint && seqNum !== undefined && seqNum < first
  return rowsWhere(
    [isGap, 'CMD-022'],
    [seqNum !== undefined, 'READ-004'],
    [timestamp !== undefined, 'READ-005'],
    [tailOffset !== undefined, 'READ-006'],
    [seqNum === undefined && timestamp === undefined && tailOffset === undefined, 'READ-002'],
  )
}

const contentRows = ({ format }: ReadRequest, { records }: CatchUp): readonly RowId[] =>
  rowsWhere(
    [records.some(isCommand), 'CMD-008'],
    [format === 'raw' && records.some(({ body }) => !isUtf8(body)), 'REC-021'],
  )

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
