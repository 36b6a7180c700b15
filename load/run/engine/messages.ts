import type { Health } from '../../measure/watch-health.ts'
import type { Via } from '../../transport/connection.ts'
import type { WindowFigures } from '../../transport/window-audit.ts'
import type { Violation } from '../../verify/violation.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Tail } from './tail.ts'

/** Where the streams of a run are. */
export interface StreamLocation {
  /** Of the basin: `http://127.0.0.1:8080`. */
  readonly origin: string
  /** What stands before the paths of the API: `/v1`. */
  readonly prefix: string
  /** Of every request: the basin and the token. */
  readonly headers: Readonly<Record<string, string>>
  /** Where to connect to in place of the origin: a proxy. */
  readonly via?: Via
}

/**
 * What is left out to measure what it costs: the stamps of records and the looking at them, or the counting of times. Only
 * benches say it; there is no way for a user to do so.
 */
export type Without = 'verification' | 'histograms'

/** What a thread is told when it is made. */
export interface Task {
  readonly workload: Workload
  readonly place: StreamLocation
  readonly streams: readonly string[]
  /** This thread's number, from 0. */
  readonly thread: number
  /** In every record: those of another run have another. */
  readonly tag: number
  /** Microseconds since 1970 where the common clock stands at 0. */
  readonly epochUs: number
  readonly memory: SharedArrayBuffer
  /** Of a `Trace`, where each append is wanted by itself. */
  readonly trace?: SharedArrayBuffer
  readonly without?: Without
}

/** From the thread that runs a load to those that make it, in this order. */
export type Order =
  /** Begin the plan at this time of the common clock. */
  | { readonly kind: 'go'; readonly startUs: number }
  /** Begin nothing more. */
  | { readonly kind: 'halt' }
  /** Read on to these tails, by stream, and what there is to catch up. */
  | { readonly kind: 'read'; readonly tails: readonly Tail[] }

/** And back. */
export type Report =
  | { readonly kind: 'ready' }
  /** All appends have ended, or were given up. */
  | {
      readonly kind: 'appended'
      readonly writers: readonly WriterReport[]
      readonly readSoFar: readonly ReadSoFar[]
      /** Cells of a `GapLog`; of none where no fault was planned. */
      readonly gaps: Float64Array
    }
  | {
      readonly kind: 'read'
      readonly readers: readonly ReaderReport[]
      readonly catchUpSeconds: number
      readonly catchUpHealth: Health
      readonly health: Health
      readonly windows: WindowFigures
    }
  /** What the target or the network did, in a sentence for the user. */
  | { readonly kind: 'failed'; readonly message: string }
  /** What is wrong with this generator. */
  | { readonly kind: 'broken'; readonly stack: string }

export interface WrongAck {
  /** 0 where nothing was under way. */
  readonly sent: number
  readonly start: number
  readonly end: number
}

export interface WriterReport {
  readonly stream: number
  readonly writer: number
  /** One past the last record sent. */
  readonly sent: number
  /** Bytes of a `RunLog`. */
  readonly acked: Uint8Array
  /** Bytes of a `RunLog`; only the numbers of its records mean something. */
  readonly refused: Uint8Array
  /** Acks that told of another number of records than were sent: how many, and the first. */
  readonly wrongAcks: { readonly count: number; readonly first: WrongAck | undefined }
  /** Why appends ended without an ack, and how many each. */
  readonly endings: Readonly<Record<string, number>>
}

/** Of one reader: one past the last record that it has. */
export interface ReadSoFar {
  readonly stream: number
  readonly next: number
}

export interface ReaderReport {
  readonly stream: number
  /** Or one that caught up. */
  readonly isTail: boolean
  /** Where it stopped: one past the last record read. */
  readonly next: number
  /** Why it ended before it was there. */
  readonly trouble: string | undefined
  /** Why its sessions ended that were not to, and how many each. */
  readonly endings: Readonly<Record<string, number>>
  /** Bytes of a `RunLog` each. */
  readonly seen: readonly { readonly writer: number; readonly runs: Uint8Array }[]
  readonly violations: readonly Violation[]
  readonly violationCounts: Readonly<Record<string, number>>
}
