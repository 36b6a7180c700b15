import type { Row } from './catalogue/row.ts'
import type { CheckContext } from './context.ts'

/** What a check needs from a target; absent, the row is not-applicable and the report says which one. */
export type Capability =
  /** Basins can be created and deleted with this token. */
  | 'basins'
  /** Access tokens, metrics, locations: not answered with 501. */
  | 'access-tokens'
  | 'metrics'
  | 'locations'
  /** Whoever brings no token is refused: what tokens permit has an effect. */
  | 'authentication'
  /** Each basin has a host of its own, and no header names it. */
  | 'basin-hosts'
  /** The account is on the free tier: a stream may not keep its records for ever. */
  | 'free-tier'
  /** Basins may have a `stream_cipher`: not answered with 501. */
  | 'encryption'
  /** HTTP/2 by prior knowledge or ALPN, for sessions in both directions at once. */
  | 'http2'
  /** The launcher can kill the target and start it again on the same storage. */
  | 'restart'
  /** The launcher can stall and fail what the target stores. */
  | 'storage'
  /** The launcher can tell what a power cut would leave of what the target wrote. */
  | 'power-cut'

/**
 * How a request travels. Appends go as `json`, `base64`, `protobuf` or as frames of a session; reads also as `sse`. A
 * check that runs on `sse` appends as `json`. Sessions of frames, `s2s`, go over HTTP/2 where the target has it, and as
 * `s2s-http1` over HTTP/1.1; all else goes over HTTP/1.1.
 */
export type Transport = 'json' | 'base64' | 'protobuf' | 'sse' | 's2s' | 's2s-http1'

/** Whether it is a session of S2S frames. */
export const isS2s = (transport: Transport): boolean => transport === 's2s' || transport === 's2s-http1'

/** The part of a catalogue row that a requirement carries with it. */
export type RequirementRow = Pick<Row, 'id' | 'title' | 'level' | 'tier' | 'statement' | 'source'>

/**
 * One promise of the API and the check that shows it kept. `id`, `level`, `tier`, `statement` and `source` come
 * from the catalogue by `row(id)`; a check states what it expects as literals and never calls a rule.
 */
export interface Requirement extends RequirementRow {
  readonly needs: readonly Capability[]
  /** Where the target has one of these, the row says nothing: it is about servers that lack it (501). */
  readonly unless?: readonly Capability[]
  /** Run once on each of these; the row passes only if all do. Absent: once, as `json`. */
  readonly on?: readonly Transport[]
  /** The least time the check takes by its nature (a wait it must sit out), in seconds. Absent: none. */
  readonly seconds?: number
  /** What it may take beyond that where the target is slow by right (a deletion), in seconds. Absent: 60. */
  readonly patience?: number
  /**
   * It changes what the whole account sees, and puts it back: run alone, and only with `--allow-account-changes`.
   */
  readonly changesAccount?: true
  check(context: CheckContext): Promise<void>
}
