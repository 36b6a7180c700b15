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
