import type { Position } from '../../../proto/types.ts'
import type { StreamState } from '../append/stream-state.ts'

/**
 * The tail that a client may be told: that of the durable state, never of one that a crash could take back (TAIL-004).
 * Trims and refused appends do not move it (TAIL-006, CMD-021).
 */
export function checkTail(durable: StreamState): Position {
  return durable.tail
}
