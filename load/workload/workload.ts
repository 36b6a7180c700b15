import type { Pacing } from '../pace/pacer.ts'
import type { Rate } from '../pace/plan.ts'
import type { Fault } from './fault.ts'
import type { RecordSize, Size } from './size.ts'

/** How appends travel. */
export const APPEND_TRANSPORTS = ['s2s', 'h2-proto', 'h2-json', 'h1-json'] as const
export type AppendTransport = (typeof APPEND_TRANSPORTS)[number]

/** How records come to a reader. */
export const READ_TRANSPORTS = ['s2s', 'sse'] as const
export type ReadTransport = (typeof READ_TRANSPORTS)[number]

export const COMPRESSIONS = ['none', 'zstd', 'gzip'] as const
export type Compression = (typeof COMPRESSIONS)[number]

/** The lengths of the bodies of one batch. The same array is the same shape, whose bytes are prepared once. */
export type BatchShape = readonly number[]

/** When appends begin. */
export type Arrival =
  /** By a plan, whatever has come of those before. */
  | { readonly kind: 'open'; readonly rate: Rate }
  /** Each writer keeps this many under way and begins another when one has ended. */
  | { readonly kind: 'closed'; readonly inFlight: number }

/** Which stream the next append goes to. */
export type Choice = { readonly kind: 'uniform' } | { readonly kind: 'zipf'; readonly exponent: number }

export interface Appends {
  readonly transport: AppendTransport
  readonly compression: Compression
  /** Of each stream. */
  readonly writers: number
  readonly arrival: Arrival
  readonly choice: Choice
  /** Records of a batch. */
  readonly batch: Size
  /** Bytes of a record's body. */
  readonly recordBytes: RecordSize
  /** The part of the bytes that a compressor can do away with, 0 to 1. */
  readonly compressible: number
  /** Headers of each record. */
  readonly headers: number
}

export interface Reads {
  /** Of each stream. */
  readonly readers: number
  readonly transport: ReadTransport
  /** What S2S sessions ask for. */
  readonly compression: Compression
}

export interface Workload {
  readonly name: string
  readonly streams: number
  readonly appends: Appends
  /** Readers at the tail of each stream. */
  readonly tail: Reads
  /** Readers of each stream that begin at its first record once the appends have ended. */
  readonly catchUp: Reads
  /** Per second over all streams; 0 for none. */
  readonly checkTails: number
  /** Seconds that are measured. */
  readonly seconds: number
  /** Seconds of load before that, which no result contains. */
  readonly warmupSeconds: number
  readonly connections: number
  /** S2S readers at the tail read over the connections that S2S appends go over, and not over some of their own. */
  readonly sharesConnections?: true
  /** Streams that one connection of HTTP/2 may have at a time, where it is fewer than the target takes. */
  readonly connectionStreams?: number
  /** HTTP/2 windows in bytes: of each stream, and of each connection. */
  readonly windows: { readonly stream: number; readonly connection: number }
  /** Bytes of appends under way in one thread, beyond which the next has to wait. */
  readonly inFlightBytes: number
  readonly threads: number
  /** In the order of their times. */
  readonly faults: readonly Fault[]
  readonly pacing: Pacing
  readonly seed: number
}
