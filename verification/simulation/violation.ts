/** Who found it. */
export type Judge =
  /** The history checker of `conformance/history`. */
  | 'history'
  /** What was told had not been synced then. */
  | 'told too early'
  /** A record, tail or refusal is not what was sequenced. */
  | 'content'
  /** Something was acknowledged after a write had failed, or the server still calls itself healthy. */
  | 'fail-stop'
  /** The server does not start on what a crash left. */
  | 'recovery'
  /** A follower does not get what is there. */
  | 'follower'
  /** Records are hidden before their time, or still read after it. */
  | 'trimming'
  /** A stream is there after its deletion or gone without one, or a deletion leaves something behind. */
  | 'deletion'
  /** A configuration is not the one that was set. */
  | 'configuration'
  /** A token is valid that was revoked, or is not that was issued. */
  | 'tokens'
  /** The server threw what is no refusal. */
  | 'mistake'
  /** The run does not come to its end. */
  | 'stuck'

/** What a server did that it must not. */
export interface Violation {
  readonly judge: Judge
  readonly what: string
}

export type Report = (violation: Violation) => void
