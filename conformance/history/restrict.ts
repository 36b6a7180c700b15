import type { Position } from '../../proto/types.ts'
import type { Action, History, Operation, Outcome, Seen } from './operation.ts'
import type { Placed } from './placement.ts'

/**
 * The history as it would have been without all but the `kept` operations: the batches of the others are taken out of
 * the log, and every number that anybody named moves down with it. Undefined where a number was named that then means
 * something else: inside a batch that is gone, or a condition that would come true.
 */
export function restrict(
  { log }: History,
  placed: readonly Placed[],
  kept: readonly Operation[],
): History | undefined {
  const isKept = new Set<Operation>(kept)
  const gone = new Uint8Array(log.length)
  for (const { operation, start, end } of placed) if (!isKept.has(operation)) gone.fill(1, start, end)
  const left = log.flatMap((record, index) => (gone[index] === 1 ? [] : [record]))
  const renumbered = left.map((record, index) => ({ ...record, seqNum: BigInt(index) }))
  const parts: Parts = { log, gone, below: belowOf(gone), left: renumbered }
  const operations: Operation[] = []
  for (const operation of kept) {
    const moved = moveOperation(operation, parts)
    if (moved === undefined) return undefined
    operations.push(moved)
  }
  return { operations, log: renumbered }
}

interface Parts {
  readonly log: readonly Seen[]
  readonly gone: Uint8Array
  /** For each number how many below it are left. */
  readonly below: Uint32Array
  readonly left: readonly Seen[]
}

function belowOf(gone: Uint8Array): Uint32Array {
  const below = new Uint32Array(gone.length + 1)
  for (let index = 0; index < gone.length; index++)
    below[index + 1] = (below[index] ?? 0) + (gone[index] === 1 ? 0 : 1)
  return below
}

function moveOperation(operation: Operation, parts: Parts): Operation | undefined {
  const { did, got } = operation
  const movedDid = moveAction(did, got, parts)
  const movedGot = moveOutcome(got, did, parts)
  if (movedDid === undefined || movedGot === undefined) return undefined
  if (
    movedDid.action === 'append' &&
    movedGot.outcome === 'seq-num-mismatch' &&
    got.outcome === 'seq-num-mismatch'
  ) {
    const isTrue = movedDid.matchSeqNum === movedGot.actual
    if (isTrue !== (did.action === 'append' && did.matchSeqNum === got.actual)) return undefined
  }
  return { ...operation, did: movedDid, got: movedGot }
}

function moveAction(did: Action, got: Outcome, parts: Parts): Action | undefined {
  switch (did.action) {
    case 'append':
      return {
        ...did,
        ...(did.trim !== undefined && { trim: move(did.trim, parts) }),
        ...(did.matchSeqNum !== undefined && { matchSeqNum: move(did.matchSeqNum, parts) }),
      }
    case 'read': {
      // One that was filled must stay filled, or it would have to reach the tail.
      const records = got.outcome === 'records' ? got.records : []
      const isFull = records.length >= did.count
      const count = isFull ? Math.max(1, records.filter((record) => isLeft(record, parts)).length) : did.count
      return { ...did, from: move(did.from, parts), count }
    }
    case 'follow':
      return { ...did, from: move(did.from, parts) }
    case 'check-tail':
      return did
  }
}

function moveOutcome(got: Outcome, did: Action, parts: Parts): Outcome | undefined {
  switch (got.outcome) {
    case 'acked':
      return {
        outcome: 'acked',
        start: { ...got.start, seqNum: move(got.start.seqNum, parts) },
        end: { ...got.end, seqNum: move(got.end.seqNum, parts) },
        tail: moveTail(got.tail, parts),
      }
    case 'tail':
    case 'unwritten':
      return isInside(got.tail.seqNum, parts) ? undefined : { ...got, tail: moveTail(got.tail, parts) }
    case 'seq-num-mismatch':
      return isInside(got.actual, parts) ? undefined : { ...got, actual: move(got.actual, parts) }
    case 'records': {
      const records = got.records.filter((record) => isLeft(record, parts))
      const isFilledByNone = records.length === 0 && did.action === 'read' && got.records.length >= did.count
      return {
        ...got,
        // It ended because it was full: without its records it tells nothing of the tail.
        complete: got.complete && !isFilledByNone,
        records: records.map((record) => ({ ...record, seqNum: move(record.seqNum, parts) })),
      }
    }
    default:
      return got
  }
}

/** What lies behind the log stays behind it. */
function move(seqNum: bigint, { below, log, left }: Parts): bigint {
  const number = Number(seqNum)
  return number > log.length ? seqNum - BigInt(log.length - left.length) : BigInt(below[number] ?? 0)
}

/** A tail tells the timestamp of the record before it, which may be another one now. */
function moveTail(tail: Position, parts: Parts): Position {
  const seqNum = move(tail.seqNum, parts)
  const wasRight = parts.log[Number(tail.seqNum) - 1]?.timestamp === tail.timestamp
  // Before the first record it is 0.
  const right = seqNum === 0n ? 0n : (parts.left[Number(seqNum) - 1]?.timestamp ?? tail.timestamp)
  const timestamp = wasRight ? right : tail.timestamp
  return { seqNum, timestamp }
}

const isLeft = ({ seqNum }: Seen, { gone }: Parts): boolean => gone[Number(seqNum)] !== 1

/** Between two records that are both gone: perhaps inside one batch. */
const isInside = (seqNum: bigint, { gone }: Parts): boolean =>
  gone[Number(seqNum) - 1] === 1 && gone[Number(seqNum)] === 1
