import type { SeqNum } from '../../../proto/types.ts'

/** Where a session stands, each time that it may do something. */
export interface SessionState {
  /** The number of the next record that it may deliver. */
  readonly next: SeqNum
  /** The durable tail; no other is told or read up to (TAIL-004). */
  readonly tail: SeqNum
  /** Nothing more can be delivered: a bound has ended it. */
  readonly isDone: boolean
  /** It has waited at the tail for as long as `waitAtTail` says. */
  readonly hasWaited: boolean
  /** It has just come to the tail, or has been silent for 5 to 15 s (S2S-041). */
  readonly owesHeartbeat: boolean
}

/** `deliver`: the next records. `heartbeat`: no records, and the tail. `wait`: until one of these has changed. */
export type Step = 'deliver' | 'heartbeat' | 'wait' | 'end'

/**
 * What a session does next. In this order:
 * - A bound ends it, wherever it stands (READ-034, READ-035, READ-049).
 * - What is durable is delivered, whatever its wait (READ-040, READ-041, READ-053).
 * - At the tail it ends once it has waited, which a session may do for no time at all or for ever (READ-047 to READ-050).
 * - It tells of the tail only there: all below has been delivered (S2S-042). That does not prolong its wait (READ-052).
 */
export function nextStep({ next, tail, isDone, hasWaited, owesHeartbeat }: SessionState): Step {
  if (isDone) return 'end'
  if (next < tail) return 'deliver'
  if (hasWaited) return 'end'
  return owesHeartbeat ? 'heartbeat' : 'wait'
}
