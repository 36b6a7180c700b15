import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { encodeFrame } from '../../proto/frames.ts'
import { MEDIA_TYPES } from '../../proto/http.ts'
import { encodeAppendAck } from '../../proto/messages.ts'
import { Cursor } from '../transport/cursor.ts'
import type { NullBatches } from './null-batches.ts'
import { RecordCounter } from './record-counter.ts'

/**
 * A server that does as little as one can that a load still takes for S2: it counts the records of an append, acknowledges
 * them and forgets them; it gives to a reader, as fast as it takes them, batches that this run might have written. What a
 * load reaches against it is the load generator's own ceiling.
 */
export interface NullServer {
  readonly port: number
  close(): void
}

const WINDOW = 64 * 1024 * 1024
const MAX_FRAME_SIZE = 256 * 1024

export function startNullServer(batches: () => NullBatches): Promise<NullServer> {
  const server = createServer({
    settings: { initialWindowSize: WINDOW, maxFrameSize: MAX_FRAME_SIZE },
    maxSessionMemory: 1024,
  })
  server.on('session', (session) => session.setLocalWindowSize(WINDOW))
  server.on('stream', (stream, headers) => {
    // Whoever goes away in the middle is none of its business.
    stream.on('error', () => {})
    const { ':method': method, 'content-type': type } = headers
    if (method === 'GET') serveReads(stream, batches())
    else if (type === MEDIA_TYPES.s2s) serveSession(stream)
    else serveUnary(stream, headers)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve({ port, close: () => server.close() })
    })
  })
}

function serveSession(stream: ServerHttp2Stream): void {
  let next = 0
  stream.respond({ ':status': 200, 'content-type': MEDIA_TYPES.s2s })
  const counter = new RecordCounter((records) => {
    const start = next
    next += records
    stream.write(encodeFrame({ payload: ackOf(start, next), compression: 'none' }))
  })
  stream.on('data', (chunk: Buffer) => counter.push(chunk))
  stream.on('end', () => stream.end())
}

function serveUnary(stream: ServerHttp2Stream, { accept }: IncomingHttpHeaders): void {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
  stream.on('end', () => {
    const isProto = accept === MEDIA_TYPES.protobuf
    const count = isProto ? countRecords(new Cursor(Buffer.concat(chunks))) : 1
    stream.respond(isProto ? PROTO : JSON_TYPE)
    stream.end(isProto ? ackOf(0, count) : JSON_ACK)
  })
}

const PROTO = { ':status': 200, 'content-type': MEDIA_TYPES.protobuf } as const
const JSON_TYPE = { ':status': 200, 'content-type': MEDIA_TYPES.json } as const
const JSON_ACK =
  '{"start":{"seq_num":0,"timestamp":0},"end":{"seq_num":1,"timestamp":0},"tail":{"seq_num":1,"timestamp":0}}'

function serveReads(stream: ServerHttp2Stream, batches: NullBatches): void {
  stream.respond({ ':status': 200, 'content-type': MEDIA_TYPES.s2s })
  const more = (): void => {
    while (!stream.destroyed && stream.write(batches.next())) {
      // Until the client has enough of it.
    }
  }
  stream.on('drain', more)
  more()
}

function countRecords(cursor: Cursor): number {
  let count = 0
  while (cursor.at < cursor.end) {
    const tag = cursor.varint()
    cursor.skip(tag & 7)
    count += 1
  }
  return count
}

function ackOf(start: number, end: number): Uint8Array {
  const tail = { seqNum: BigInt(end), timestamp: 0n }
  return encodeAppendAck({ start: { seqNum: BigInt(start), timestamp: 0n }, end: tail, tail })
}
