import type { Appender, OnUnexpectedAck } from '../../transport/appender.ts'
import type { ConnectionOptions, Connections } from '../../transport/connection.ts'
import { ownHttp2Wire } from '../../transport/h2/wire.ts'
import { createS2sAppender } from '../../transport/s2s-appender.ts'
import { createUnaryAppender, type UnaryAppenderParts } from '../../transport/unary-appender.ts'
import { http1Wire, type UnaryWire } from '../../transport/unary-wire.ts'
import type { WindowAudit } from '../../transport/window-audit.ts'
import type { AppendTransport } from '../../workload/append-transport.ts'
import type { Compression } from '../../workload/workload.ts'

/** How the appends of one thread reach the target. */
export interface AppendPath {
  /** Its own wire for whole requests over HTTP/2; undefined where it has none. */
  readonly http2: UnaryWire | undefined
  createAppender(parts: AppenderParts): Appender
  close(): void
}

export interface AppenderParts extends Omit<UnaryAppenderParts, 'wire' | 'encoding'> {
  readonly onStray: OnUnexpectedAck
}

export interface AppendPathParts {
  readonly target: ConnectionOptions
  /** How many connections. */
  readonly count: number
  readonly audit: WindowAudit
  /** Those that sessions are opened on. */
  readonly sessions: Connections
  readonly compression: Compression
}

/** Opens the path of this transport; connections are opened when there is something to send. */
export const openAppendPath = (transport: AppendTransport, parts: AppendPathParts): AppendPath =>
  PATHS[transport](parts)

const PATHS: Readonly<Record<AppendTransport, (parts: AppendPathParts) => AppendPath>> = {
  s2s: ({ sessions, compression }) => ({
    http2: undefined,
    createAppender: (parts) => createS2sAppender({ ...parts, connections: sessions, compression }),
    close() {},
  }),
  'h2-proto': (parts) => overHttp2(parts, 'proto'),
  'h2-json': (parts) => overHttp2(parts, 'json'),
  'h1-json': ({ target, count }) => {
    const wire = http1Wire(target.origin, count, target.via)
    return { http2: undefined, ...unary(wire, 'json') }
  },
}

function overHttp2({ target, count, audit }: AppendPathParts, encoding: 'proto' | 'json'): AppendPath {
  const wire = ownHttp2Wire(target, count, audit)
  return { http2: wire, ...unary(wire, encoding) }
}

const unary = (wire: UnaryWire, encoding: 'proto' | 'json'): Omit<AppendPath, 'http2'> => ({
  createAppender: (parts) => createUnaryAppender({ ...parts, wire, encoding }),
  close: () => wire.close(),
})
