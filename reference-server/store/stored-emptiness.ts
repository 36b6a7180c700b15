import type { SeqNum, Timestamp } from '../../proto/types.ts'
import { viewOf } from './bytes.ts'

/** That a stream was found empty. It says nothing once the tail has moved on. */
export interface Emptiness {
  readonly since: Timestamp
  readonly tail: SeqNum
}

export function encodeEmptiness({ since, tail }: Emptiness): Uint8Array {
  const bytes = new Uint8Array(16)
  const view = viewOf(bytes)
  view.setBigUint64(0, since)
  view.setBigUint64(8, tail)
  return bytes
}

export function decodeEmptiness(bytes: Uint8Array): Emptiness {
  const view = viewOf(bytes)
  return { since: view.getBigUint64(0), tail: view.getBigUint64(8) }
}
