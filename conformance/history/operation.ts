import type { Position } from '../../proto/types.ts'

/** What a client asked of the stream. Bodies are unique in a history, so that the log is its own witness. */
export type Action =
  | {
      readonly action: 'append'
      readonly bodies: readonly string[]
      /** The batch's last record is a fence to this token; its body is the token. */
      readonly fence?: string
      /** The batch's last record is a trim to this number. It may be sent twice, so a body beside it tells which it was. */
      readonly trim?: bigint
      /** Batches of one session take effect in the order of their calls, up to the first that is refused. */
      readonly session?: string
      readonly matchSeqNum?: bigint
      readonly fencingToken?: string
    }
  /** A unary read of at most `count` records. */
  | { readonly action: 'read'; readonly from: bigint; readonly count: number }
  /** One delivery of a read that follows: it was due from this number on. Called when the read was opened. */
  | { readonly action: 'follow'; readonly from: bigint }
  | { readonly action: 'check-tail' }

/** One record as it was seen. */
export interface Seen extends Position {
  readonly body: string
}

/** What one request asks and one answer ends. */
export type Request = Exclude<Action, { readonly action: 'follow' }>

/** How the body of a trim stands in a history: on the wire it is no text. */
export const trimBody = (upTo: bigint): string => `${TRIM}${upTo}`

export const isTrimBody = (body: string): boolean => body.startsWith(TRIM)

const TRIM = 'trim to '

/** What came back. `failed` certainly had no effect; `unknown` may have one, now or later. */
export type Outcome =
  | { readonly outcome: 'acked'; readonly start: Position; readonly end: Position; readonly tail: Position }
  | { readonly outcome: 'seq-num-mismatch'; readonly actual: bigint }
  | { readonly outcome: 'fencing-token-mismatch'; readonly actual: string }
  /** `complete`: the read went on to the tail or to its count, so that what is missing was not there. */
  | { readonly outcome: 'records'; readonly records: readonly Seen[]; readonly complete: boolean }
  | { readonly outcome: 'unwritten'; readonly tail: Position }
  | { readonly outcome: 'tail'; readonly tail: Position }
  | { readonly outcome: 'failed' }
  | { readonly outcome: 'unknown' }

/** One operation of one client, with the times of one monotonic clock at which it was sent and answered. */
export interface Operation {
  readonly id: number
  readonly client: number
  readonly called: number
  /** Infinity when no answer came. */
  readonly returned: number
  readonly did: Action
  readonly got: Outcome
}

/** All operations on one stream that began empty, and the whole log read when none was under way any more. */
export interface History {
  readonly operations: readonly Operation[]
  readonly log: readonly Seen[]
}
