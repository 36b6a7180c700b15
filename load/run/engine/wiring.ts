import { recordsPath } from '../../../proto/http.ts'
import { Board } from '../../measure/board.ts'
import { createNow, type Now } from '../../measure/clock.ts'
import { NoopRecorder, Recorder } from '../../measure/recorder.ts'
import { Trace } from '../../measure/trace.ts'
import type { Append, Appender, OnEnding, OnUnexpectedAck } from '../../transport/appender.ts'
import { BatchEncoder } from '../../transport/batch-encoder.ts'
import { createConnections } from '../../transport/connection.ts'
import { createOwnSessions } from '../../transport/h2/own-sessions.ts'
import { ownHttp2Wire } from '../../transport/h2/wire.ts'
import type { Reader, ReaderParts } from '../../transport/reader.ts'
import { encodeHeaders, READ_HEADER } from '../../transport/record-headers.ts'
import { createS2sAppender } from '../../transport/s2s-appender.ts'
import { createS2sReader } from '../../transport/s2s-reader.ts'
import { createSharedSessions } from '../../transport/shared-sessions.ts'
import { createSseReader } from '../../transport/sse-reader.ts'
import { createUnaryAppender } from '../../transport/unary-appender.ts'
import { http1Wire, http2Wire, type UnaryWire } from '../../transport/unary-wire.ts'
import { createWindowAudit, type WindowAudit } from '../../transport/window-audit.ts'
import { createFiller, type Filler } from '../../verify/filler.ts'
import { headersOf } from '../../workload/record-headers.ts'
import type { Reads } from '../../workload/workload.ts'
import type { Task } from './messages.ts'

/** What the parts of one thread have in common. */
export interface Wiring {
  readonly now: Now
  readonly board: Board
  readonly trace: Trace | undefined
  readonly filler: Filler
  /** Of every record, as readers get them. */
  readonly headers: Buffer
  readonly encoder: BatchEncoder
  /** For whole requests beside the load. */
  readonly asking: UnaryWire
  /** Of the windows of all connections. */
  readonly audit: WindowAudit
  /** The streams of this thread, by their numbers. */
  readonly own: readonly number[]
  pathOf(stream: number): string
  /** `isMeasured` tells whether what was planned for a time counts. */
  createAppender(
    stream: number,
    isMeasured: (us: number) => boolean,
    onEnding: OnEnding,
    onStray: OnUnexpectedAck,
  ): Appender
  createReader(stream: number, reads: Reads, parts: Omit<ReaderParts, 'path' | 'headers'>): Reader
  close(): void
}

export function createWiring({
  workload,
  place,
  streams,
  thread,
  tag,
  memory,
  trace,
  without,
}: Task): Wiring {
  const { appends, windows, seed } = workload
  const now = createNow()
  const filler = createFiller(seed, appends.recordBytes.most, appends.compressible)
  const headers = headersOf(appends.headers)
  const encoder = new BatchEncoder({
    tag,
    filler,
    headers,
    isVerified: without !== 'verification',
  })
  const target = {
    origin: place.origin,
    streamWindow: windows.stream,
    connectionWindow: windows.connection,
    ...(workload.connectionStreams !== undefined && { mostStreams: workload.connectionStreams }),
    ...(place.via !== undefined && { via: place.via }),
  }
  const audit = createWindowAudit()
  const connections = createConnections(target, workload.connections, audit)
  const isUnary = appends.transport === 'h2-proto' || appends.transport === 'h2-json'
  const unary = isUnary ? ownHttp2Wire(target, workload.connections, audit) : undefined
  const reading = createOwnSessions(target, workload.connections, audit)
  const following = workload.sharesConnections ? createSharedSessions(connections) : reading
  const asking = unary ?? http2Wire(connections)
  const http1 =
    appends.transport === 'h1-json' ? http1Wire(place.origin, workload.connections, place.via) : undefined
  const pathOf = (stream: number): string => `${place.prefix}${recordsPath(streams[stream] ?? '')}`
  const reached = (stream: number): Pick<ReaderParts, 'path' | 'headers'> => ({
    path: pathOf(stream),
    headers: place.headers,
  })
  const board = new Board(memory, without === 'histograms' ? NoopRecorder : Recorder)
  return {
    now,
    board,
    trace: trace && new Trace(trace),
    filler,
    headers: encodeHeaders(headers, READ_HEADER),
    encoder,
    asking,
    audit,
    own: streams.map((_name, stream) => stream).filter((stream) => stream % workload.threads === thread),
    pathOf,
    createAppender(stream, isMeasured, onEnding, onStray) {
      const giveBack = (encoded: Buffer): void => encoder.giveBack(encoded)
      const parts = { ...reached(stream), now, onEnding, giveBack }
      if (appends.transport === 's2s')
        return createS2sAppender({ ...parts, onStray, connections, compression: appends.compression })
      const encoding = appends.transport === 'h2-proto' ? 'proto' : 'json'
      const onWait = ({ intendedUs }: Append): void => {
        board.add('waited', 1)
        if (isMeasured(intendedUs)) board.add('waitedMeasured', 1)
      }
      const onWaited = (us: number): void => board.add('waitedUs', us)
      return createUnaryAppender({ ...parts, onWait, onWaited, wire: http1 ?? asking, encoding })
    },
    createReader(stream, reads, parts) {
      const all = { ...parts, ...reached(stream) }
      const sessions = reads === workload.tail ? following : reading
      return reads.transport === 's2s'
        ? createS2sReader(all, sessions, reads.compression)
        : createSseReader(all, connections)
    },
    close() {
      for (const each of [connections, unary, reading, http1]) each?.close()
    },
  }
}
