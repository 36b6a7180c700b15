/** A time that depends on the run: plain, relative to the timestamp of the tail, or to the server's clock. Milliseconds. */
export type StepTime =
  | { readonly at: 'number'; readonly value: number }
  | { readonly at: 'tail' | 'now'; readonly plus: number }

interface Stamped {
  /** Absent: the record gets its time of arrival. */
  readonly timestamp?: StepTime
}

/** A record of a step; numbers that depend on the stream are told relative to its tail. */
export type StepRecord =
  | (Stamped & { readonly record: 'data'; readonly body: string; readonly headers: number })
  | (Stamped & { readonly record: 'fence'; readonly token: string })
  | (Stamped & { readonly record: 'trim'; readonly fromTail: number })

/** Fills a batch up to one of its limits: the last record is repeated, then its body grown. */
export interface Fill {
  readonly records?: number
  readonly metered?: number
}

export type StepStart =
  | { readonly from: 'tail' }
  | { readonly from: 'seq-num' | 'tail-offset'; readonly back: number }
  /** The timestamp of the tail and this. */
  | { readonly from: 'timestamp'; readonly fromTail: number }

/** A configuration of a stream as it stands in JSON; `null` clears in a PATCH. */
export interface StepConfig {
  readonly storage_class?: string | null
  readonly retention_policy?: { readonly age: number } | { readonly infinite: object } | null
  readonly timestamping?: { readonly mode?: string | null; readonly uncapped?: boolean | null } | null
  readonly delete_on_empty?: { readonly min_age_secs?: number | null } | null
}

export interface StepBasinConfig {
  readonly default_stream_config?: StepConfig | null
  readonly create_stream_on_append?: boolean
  readonly create_stream_on_read?: boolean
}

/** Which of the sequence's streams. */
interface OnStream {
  readonly stream: number
}

export type AppendStep = OnStream & {
  readonly step: 'append'
  readonly records: readonly StepRecord[]
  readonly fill?: Fill
  /** `match_seq_num` is the tail and this. */
  readonly match?: number
  readonly token?: 'current' | 'other' | 'long'
}

export type ReadStep = OnStream & {
  readonly step: 'read'
  readonly start: StepStart
  readonly clamp?: boolean
  readonly count?: number
  readonly bytes?: number
  /** The timestamp of the tail and this. */
  readonly until?: number
  /** Seconds. */
  readonly wait?: number
}

/** Opens a session that stays open: all that is there and all that comes must be delivered by it. */
export type FollowStep = OnStream & {
  readonly step: 'follow'
  readonly start: StepStart
  readonly clamp?: boolean
}

/** A read that waits at the tail, and an append that comes meanwhile. */
export type PollStep = OnStream & { readonly step: 'poll'; readonly records: readonly StepRecord[] }

export type CreateStep = OnStream & {
  readonly step: 'create'
  readonly config?: StepConfig | null
  readonly requestToken?: string
}
export type EnsureStep = OnStream & { readonly step: 'ensure'; readonly config?: StepConfig | null }
export type ReconfigureStep = OnStream & { readonly step: 'reconfigure'; readonly patch: StepConfig }

export type ListStep = {
  readonly step: 'list'
  /** Of a stream's name, whole or without its last character. */
  readonly prefix?: { readonly stream: number; readonly cut: number }
  /** The name of this stream. */
  readonly startAfter?: number
  readonly limit?: number
}

export type EnsureBasinStep = { readonly step: 'ensure-basin'; readonly config: StepBasinConfig }
export type ReconfigureBasinStep = { readonly step: 'reconfigure-basin'; readonly patch: StepBasinConfig }

/** One request of a sequence, as plain data: a failing sequence is kept and run again as it is. */
export type Step =
  | AppendStep
  | ReadStep
  | FollowStep
  | PollStep
  | CreateStep
  | EnsureStep
  | ReconfigureStep
  | ListStep
  | EnsureBasinStep
  | ReconfigureBasinStep
  | (OnStream & { readonly step: 'check-tail' })
  | (OnStream & { readonly step: 'get-config' })
  | (OnStream & { readonly step: 'delete' })
  /** Waits until a deletion of the stream is over. */
  | (OnStream & { readonly step: 'settle' })
  /** Waits until what was trimmed is gone. */
  | (OnStream & { readonly step: 'trimmed' })
  /** All followers must have delivered what is theirs by now. */
  | { readonly step: 'catch-up' }
  | { readonly step: 'get-basin-config' }

export type StepOf<Kind extends Step['step']> = Extract<Step, { readonly step: Kind }>
