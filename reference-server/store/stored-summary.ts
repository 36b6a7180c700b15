import { MAX_U64 } from '../../proto/limits.ts'
import type { MeteredBytes, Timestamp } from '../../proto/types.ts'
import { smallBytes, viewOf } from './bytes.ts'

/** What is told of a batch by the timestamp that finds it, so that its records need not be read. */
export interface BatchSummary {
  /** Metered bytes of all records of the stream before it. */
  readonly appendedBefore: MeteredBytes
  /** Until when retention keeps it; for ever, if undefined. */
  readonly keptUntil: Timestamp | undefined
}

export function encodeSummary({ appendedBefore, keptUntil }: BatchSummary): Uint8Array {
  const bytes = smallBytes(16)
  const view = viewOf(bytes)
  view.setBigUint64(0, appendedBefore)
  view.setBigUint64(8, keptUntil === undefined || keptUntil > FOR_EVER ? FOR_EVER : keptUntil)
  return bytes
}

export function decodeSummary(bytes: Uint8Array): BatchSummary {
  const view = viewOf(bytes)
  const keptUntil = view.getBigUint64(8)
  return { appendedBefore: view.getBigUint64(0), keptUntil: keptUntil === FOR_EVER ? undefined : keptUntil }
}

/** The largest number there is; ages come close to it. */
const FOR_EVER = MAX_U64
