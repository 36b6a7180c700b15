import { createServer as createHttp1, type RequestListener } from 'node:http'
import { createServer as createHttp2, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { encodeFrame } from '../../proto/frames.ts'
import { MEDIA_TYPES } from '../../proto/http.ts'
import { encodeAppendAck } from '../../proto/messages.ts'
import { createNow } from '../measure/clock.ts'
import { RECORDER_BYTES, Recorder } from '../measure/recorder.ts'
import { FrameSplitter } from '../transport/frame-splitter.ts'
import { createDelays, type Delays, type Stall } from './delays.ts'
import { DueList } from './due-list.ts'

/**
 * A server that answers every append, of one record, after a delay that it has chosen, and keeps what each has really taken:
 * what a load generator measures of it can be compared with what it knows itself. It takes sessions and unary appends over
 * HTTP/2, and for other generators any request over both versions of HTTP.
 */
export interface TruthOptions {
  readonly delays: Delays
  /** Counts from the first request. */
  readonly stall?: Stall
}

export interface TruthServer {
  readonly http2Port: number
  readonly http1Port: number
  /** From the arrival of each request to its answer, since the last time this was asked. */
  taken(): Recorder
  close(): void
}

export async function startTruthServer(options: TruthOptions): Promise<TruthServer> {
  const answers = createAnswers(options)
  const http2 = createHttp2({ maxSessionMemory: 512 })
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
    taken: answers.taken,
    close() {
      http2.close()
      http1.close()
      http1.closeAllConnections()
    },
  }
}

interface Answers {
  /** Calls back when the request that has arrived now is to be answered, and never before one that arrived sooner at the same place. */
  later(answer: () => void, notBefore?: number): number
  taken(): Recorder
}

function createAnswers({ delays, stall }: TruthOptions): Answers {
  const now = createNow()
  const delay = createDelays(delays)
  const due = new DueList()
  let recorder = new Recorder(new ArrayBuffer(RECORDER_BYTES))
  let first: number | undefined
  let isAwake = false
  // It spins while something is due: a timer would be late by a millisecond.
  const turn = (): void => {
    while (due.next <= now()) due.take()?.happen()
    isAwake = due.next < Number.POSITIVE_INFINITY
    if (isAwake) setImmediate(turn)
  }
  return {
    later(answer, notBefore = 0) {
      const arrived = now()
      first ??= arrived
      const at = Math.max(notBefore, first + stallEnd(arrived - first, stall) + delay())
      const happen = (): void => {
        answer()
        recorder.record(now() - arrived)
      }
      due.add({ at, happen })
      if (!isAwake) setImmediate(turn)
      isAwake = true
      return at
    },
    taken() {
      const before = recorder
      recorder = new Recorder(new ArrayBuffer(RECORDER_BYTES))
      return before
    },
  }
}

/** When a request that arrives at this time of the run may go on. */
function stallEnd(arrivedUs: number, stall: Stall | undefined): number {
  if (stall === undefined) return arrivedUs
  const { fromUs, lengthUs } = stall
  return arrivedUs >= fromUs && arrivedUs < fromUs + lengthUs ? fromUs + lengthUs : arrivedUs
}

function serveSession(stream: ServerHttp2Stream, answers: Answers): void {
  let appended = 0
  let acknowledged = 0
  let last = 0
  let waiting: Uint8Array[] = []
  const flush = (): void => {
    stream.write(Buffer.concat(waiting))
    waiting = []
  }
  // Acks of one turn leave together: each by itself would cost more than what is measured.
  const acknowledge = (): void => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push(encodeFrame({ payload: ackOf(acknowledged++), compression: 'none' }))
    if (acknowledged === appended && stream.readableEnded) setImmediate(() => stream.end())
  }
  stream.respond({ ':status': 200, 'content-type': MEDIA_TYPES.s2s })
  const splitter = new FrameSplitter(() => {
    appended += 1
    last = answers.later(acknowledge, last)
  })
  stream.on('data', (chunk: Buffer) => splitter.push(chunk))
  stream.on('end', () => {
    if (acknowledged === appended) stream.end()
  })
}

function serveUnary(stream: ServerHttp2Stream, answers: Answers): void {
  stream.resume()
  stream.on('end', () => {
    answers.later(() => {
      if (stream.destroyed) return
      stream.respond({ ':status': 200, 'content-type': MEDIA_TYPES.protobuf })
      stream.end(ACK)
    })
  })
}

const serveHttp1 =
  (answers: Answers): RequestListener =>
  (request, response) => {
    request.resume()
    request.on('end', () => void answers.later(() => response.end('{}')))
  }

function ackOf(seqNum: number): Uint8Array {
  const end = { seqNum: BigInt(seqNum + 1), timestamp: 0n }
  return encodeAppendAck({ start: { seqNum: BigInt(seqNum), timestamp: 0n }, end, tail: end })
}

const ACK = ackOf(0)

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
