import { createServer as createHttp1, type RequestListener } from 'node:http'
import { createServer as createHttp2, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { FrameSplitter } from '../../load/transport/frame-splitter.ts'
import { MEDIA_TYPES } from '../../proto/http.ts'
import { encodeAppendAck } from '../../proto/messages.ts'
import { AckFrames } from './ack-frames.ts'
import { type Answers, createAnswers, type Outlet, type TruthOptions } from './answers.ts'
import type { TruthLog } from './truth-log.ts'

/**
 * A server that answers every append, of one record, after a delay that it has chosen, and keeps what each has really taken:
 * what a load generator measures of it can be compared with what it knows itself. It takes sessions and unary appends over
 * HTTP/2, and for other generators any request over both versions of HTTP.
 */
export interface TruthServer {
  readonly http2Port: number
  readonly http1Port: number
  readonly log: TruthLog
  close(): void
}

const WINDOW = 16 * 1024 * 1024

export async function startTruthServer(options: TruthOptions): Promise<TruthServer> {
  const answers = createAnswers(options)
  const http2 = createHttp2({ settings: { initialWindowSize: WINDOW }, maxSessionMemory: 512 })
  http2.on('session', (session) => session.setLocalWindowSize(WINDOW))
  http2.on('stream', (stream, { 'content-type': type }) => {
    // Whoever goes away in the middle is none of its business.
    stream.on('error', () => {})
    if (type === MEDIA_TYPES.s2s) serveSession(stream, answers)
    else serveUnary(stream, answers)
  })
  const http1 = createHttp1(serveHttp1(answers))
  const [http2Port, http1Port] = await Promise.all([listen(http2), listen(http1)])
  return {
    http2Port,
    http1Port,
    log: answers.log,
    close() {
      answers.close()
      http2.close()
      http1.close()
      http1.closeAllConnections()
    },
  }
}

/** Acks of one turn leave together: each by itself would cost more than what is measured. */
function serveSession(stream: ServerHttp2Stream, answers: Answers): void {
  const acks = new AckFrames()
  let appended = 0
  let last = 0
  const endWhenDone = (): void => {
    if (acks.written === appended && stream.readableEnded) stream.end()
  }
  const outlet: Outlet = {
    answer: () => acks.add(),
    flush() {
      stream.write(acks.take())
      endWhenDone()
    },
  }
  stream.respond({ ':status': 200, 'content-type': MEDIA_TYPES.s2s })
  const splitter = new FrameSplitter(() => {
    appended += 1
    last = answers.later(outlet, last)
  })
  stream.on('data', (chunk: Buffer) => splitter.push(chunk))
  stream.on('end', endWhenDone)
}

const nothing = (): void => {}

function serveUnary(stream: ServerHttp2Stream, answers: Answers): void {
  const answer = (): void => {
    if (stream.destroyed) return
    stream.respond({ ':status': 200, 'content-type': MEDIA_TYPES.protobuf })
    stream.end(ACK)
  }
  stream.resume()
  stream.on('end', () => void answers.later({ answer, flush: nothing }))
}

const serveHttp1 =
  (answers: Answers): RequestListener =>
  (request, response) => {
    request.resume()
    request.on('end', () => void answers.later({ answer: () => void response.end('{}'), flush: nothing }))
  }

const END = { seqNum: 1n, timestamp: 0n }
const ACK = encodeAppendAck({ start: { seqNum: 0n, timestamp: 0n }, end: END, tail: END })

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
