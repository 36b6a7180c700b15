import type { Position } from '../../../proto/types.ts'
import type { Action, History, Outcome, Seen } from '../operation.ts'

/** Timestamps are ten times the number, unless told. */
export const at = (seqNum: number, timestamp: number = seqNum * 10): Position => ({
  seqNum: BigInt(seqNum),
  timestamp: BigInt(timestamp),
})
export const log = (...bodies: string[]): Seen[] => bodies.map((body, index) => ({ ...at(index), body }))

/** `[called, returned]`, what was done, what came; clients are told apart by their index. */
export type Line = readonly [called: number, returned: number, did: Action, got: Outcome]
export const history = (entries: readonly Seen[], ...lines: readonly Line[]): History => ({
  log: entries,
  operations: lines.map(([called, returned, did, got], id) => ({
    id,
    client: id,
    called,
    returned,
    did,
    got,
  })),
})

export const append = (...bodies: string[]): Action => ({ action: 'append', bodies })
export const acked = (start: number, end: number): Outcome => ({
  outcome: 'acked',
  start: at(start),
  end: at(end, (end - 1) * 10),
  tail: at(end, (end - 1) * 10),
})
export const checkTail: Action = { action: 'check-tail' }
export const tail = (seqNum: number): Outcome => ({
  outcome: 'tail',
  tail: at(seqNum, Math.max(0, (seqNum - 1) * 10)),
})
export const inSession = (...bodies: string[]): Extract<Action, { action: 'append' }> => ({
  action: 'append',
  bodies,
  session: 's',
})
export const trimming = (trim: bigint, ...bodies: string[]): Action => ({ action: 'append', bodies, trim })
export const follow = (from: number): Action => ({ action: 'follow', from: BigInt(from) })
export const read = (from: number, count = 100): Action => ({ action: 'read', from: BigInt(from), count })
export const records = (from: number, ...bodies: string[]): Outcome => ({
  outcome: 'records',
  complete: true,
  records: bodies.map((body, index) => ({ ...at(from + index), body })),
})
export const unknown: Outcome = { outcome: 'unknown' }
export const NEVER: number = Number.POSITIVE_INFINITY
