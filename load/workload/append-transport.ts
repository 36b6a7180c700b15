import type { CeilingName } from '../../reports/load/calibration.ts'

/** Every transport of appends, as `--transport` names it. */
export const APPEND_TRANSPORTS = ['s2s', 'h2-proto', 'h2-json', 'h1-json'] as const
export type AppendTransport = (typeof APPEND_TRANSPORTS)[number]

/** What a load has to know of a transport of appends. Its constructor is in `load/run/engine/append-path.ts`. */
export interface AppendTransportTraits {
  readonly needsHttp2: boolean
  /** One session for each writer, with many appends in flight; else one request for each append. */
  readonly isSession: boolean
  /** `--compression` and `--share-connections` are for these. */
  readonly compresses: boolean
  readonly sharesConnections: boolean
  /** Connections of a load that gives no number. */
  readonly connections: number
  /** The ceiling of a calibration that holds for single appends; undefined where none was measured. */
  readonly ceiling: CeilingName | undefined
  /** `--second-opinion` has another tool repeat the load. */
  readonly hasSecondOpinion: boolean
}

/** Over HTTP/1.1 a connection carries one request at a time. */
const HTTP1_CONNECTIONS = 64

const UNARY: AppendTransportTraits = {
  needsHttp2: true,
  isSession: false,
  compresses: false,
  sharesConnections: false,
  connections: 1,
  ceiling: undefined,
  hasSecondOpinion: false,
}

const TRAITS: Readonly<Record<AppendTransport, AppendTransportTraits>> = {
  s2s: {
    ...UNARY,
    isSession: true,
    compresses: true,
    sharesConnections: true,
    ceiling: 'append-singles',
  },
  'h2-proto': { ...UNARY, ceiling: 'unary-proto' },
  'h2-json': UNARY,
  'h1-json': { ...UNARY, needsHttp2: false, connections: HTTP1_CONNECTIONS, hasSecondOpinion: true },
}

export const traitsOf = (transport: AppendTransport): AppendTransportTraits => TRAITS[transport]
