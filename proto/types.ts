/**
 * The nouns of S2's data plane, as values. Shapes follow the wire messages of `s2.proto`; every
 * 64-bit number is a `bigint`. No Node built-in is used here: browsers and the semantics import it.
 */

/** A `bigint` that says what it counts: a plain `bigint` fits, another unit does not. */
type Unit<Name extends string> = bigint & { readonly __unit?: Name }

/** Number of a record in its stream, 0 to 2^64 - 1; contiguous from 0 (APP-001). */
export type SeqNum = Unit<'seq-num'>

/** Unix time in milliseconds, 0 to 2^64 - 1. */
export type Timestamp = Unit<'timestamp'>

/** Time in nanoseconds since 1970, in UTC: all that nine digits of RFC 3339 can say, kept exactly. */
export type Instant = Unit<'instant'>

/** Bytes by the size formula of REC-001, the only size that limits are stated in. */
export type MeteredBytes = Unit<'metered-bytes'>

/** A place in a stream. As a tail: the next record's number, the last record's timestamp (0, 0 when never written). */
export interface Position {
  readonly seqNum: SeqNum
  readonly timestamp: Timestamp
}

/** Name and value are bytes; an empty name makes the only header of a record a command. */
export interface Header {
  readonly name: Uint8Array
  readonly value: Uint8Array
}

/** A record as a client sends it. */
export interface AppendRecord {
  readonly timestamp?: Timestamp
  readonly headers: readonly Header[]
  readonly body: Uint8Array
}

/** One atomic batch with its conditions. Presence matters: 0 and the empty string are values (REC-025). */
export interface AppendInput {
  readonly records: readonly AppendRecord[]
  readonly matchSeqNum?: SeqNum
  readonly fencingToken?: string
}

/** `start` is the first record's position; `end.seqNum` is one past the last, `end.timestamp` the last's. */
export interface AppendAck {
  readonly start: Position
  readonly end: Position
  readonly tail: Position
}

/** A record as readers see it. */
export interface SequencedRecord extends Position {
  readonly headers: readonly Header[]
  readonly body: Uint8Array
}

/** What one read answer, event or frame carries. No records and a tail: a heartbeat of a session. */
export interface ReadBatch {
  readonly records: readonly SequencedRecord[]
  readonly tail?: Position
}

/** At most one selector; none means the tail (READ-001, READ-002). */
export interface ReadStart {
  readonly seqNum?: SeqNum
  readonly timestamp?: Timestamp
  readonly tailOffset?: bigint
  readonly clamp?: boolean
}

/** Where a read ends: any of the bounds, or `wait` seconds at the tail without a record. */
export interface ReadEnd {
  readonly count?: bigint
  readonly bytes?: MeteredBytes
  readonly until?: Timestamp
  readonly wait?: number
}

/** How header names, values and bodies stand in JSON: as text, or as base64 (RTE-021). */
export type Format = 'raw' | 'base64'
