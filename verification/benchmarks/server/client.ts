import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import { Client } from 'undici'
import { encodeFrame } from '../../../proto/frames.ts'
import { API_PREFIX, basinPath, HEADERS, MEDIA_TYPES, recordsPath, streamPath } from '../../../proto/http.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { FrameCounter } from './frame-counter.ts'

/*
 * As little client as possible, so that it is the server that is measured: what is sent was encoded before, and what comes
 * is counted and not decoded. Answers that are no success throw.
 */

const WINDOW_BYTES = 16 * 1024 * 1024

export interface Connection {
  readonly http2: ClientHttp2Session
  close(): void
}

export async function openConnection(origin: string): Promise<Connection> {
  const http2 = connect(origin, { settings: { initialWindowSize: WINDOW_BYTES } })
  await new Promise<void>((resolve, reject) => {
    http2.once('error', reject)
    http2.once('connect', () => {
      http2.setLocalWindowSize(WINDOW_BYTES)
      resolve()
    })
  })
  return { http2, close: () => http2.destroy() }
}

export const BASIN = 'bench-server-basin'

/** A basin whose streams come with their first append. */
export async function createBasin({ http2 }: Connection): Promise<void> {
  const config = { create_stream_on_append: true, create_stream_on_read: true }
  const request = http2.request({
    ':method': 'PUT',
    ':path': `${API_PREFIX}${basinPath(BASIN)}`,
    'content-type': 'application/json',
  })
  await answered(request.end(JSON.stringify(config)))
}

export async function createStream({ http2 }: Connection, stream: string): Promise<void> {
  await answered(
    http2
      .request({ ':method': 'PUT', ':path': `${API_PREFIX}${streamPath(stream)}`, [HEADERS.basin]: BASIN })
      .end(),
  )
}

export function batchPayload(records: number, recordBytes: number): Uint8Array {
  const record: AppendRecord = { headers: [], body: Buffer.alloc(recordBytes, 'abcdefghij') }
  return encodeAppendInput({ records: Array.from({ length: records }, () => record) })
}

export const batchFrame = (records: number, recordBytes: number): Uint8Array =>
  encodeFrame({ payload: batchPayload(records, recordBytes), compression: 'none' })

export interface AppendSession {
  readonly inFlight: number
  /** Writes one frame; resolves as soon as there may be another, with at most `window` unacknowledged. */
  send(frame: Uint8Array, window: number): Promise<void>
  /** Resolves when all that was sent is acknowledged and the session has ended. */
  finish(): Promise<void>
}

export function openAppendSession(
  { http2 }: Connection,
  stream: string,
  acknowledged: (count: number) => void,
): AppendSession {
  const request = http2.request(
    {
      ':method': 'POST',
      ':path': `${API_PREFIX}${recordsPath(stream)}`,
      [HEADERS.basin]: BASIN,
      'content-type': MEDIA_TYPES.s2s,
    },
    { endStream: false },
  )
  const counter = new FrameCounter()
  let inFlight = 0
  let wake: () => void = () => {}
  const ended = collect(request, (chunk) => {
    const { frames } = counter.push(chunk)
    if (frames === 0) return
    inFlight -= frames
    acknowledged(frames)
    wake()
  }).finally(() => wake())
  ended.catch(() => {})
  return {
    get inFlight() {
      return inFlight
    },
    async send(frame, window) {
      while (inFlight >= window) {
        await Promise.race([ended.then(() => Promise.reject(new Error('the session ended early'))), woken()])
      }
      inFlight++
      if (!request.write(frame)) {
        await Promise.race([new Promise((resolve) => request.once('drain', resolve)), ended])
      }
    },
    async finish() {
      request.end()
      await ended
    },
  }

  function woken(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve
    })
  }
}

/** A read session; `arrived` gets every chunk. Resolves when it has ended, or was closed by `stop`. */
export function openReadSession(
  { http2 }: Connection,
  stream: string,
  query: string,
  arrived: (chunk: Buffer) => void,
): { readonly ended: Promise<void>; readonly ready: Promise<void>; stop(): void } {
  const request = http2.request({
    ':method': 'GET',
    ':path': `${API_PREFIX}${recordsPath(stream)}?${query}`,
    [HEADERS.basin]: BASIN,
    'content-type': MEDIA_TYPES.s2s,
  })
  const ready = new Promise<void>((resolve) => request.once('response', () => resolve()))
  const ended = collect(request.end(), arrived)
  return {
    ended,
    ready,
    stop() {
      ended.catch(() => {})
      request.close(constants.NGHTTP2_CANCEL)
    },
  }
}

export interface UnaryClient {
  append(stream: string, payload: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** One connection of HTTP/1.1, which is what S2's SDKs use for unary requests without TLS. */
export function openUnaryClient(origin: string): UnaryClient {
  const client = new Client(origin)
  return {
    async append(stream, payload) {
      const { statusCode, body } = await client.request({
        method: 'POST',
        path: `${API_PREFIX}${recordsPath(stream)}`,
        headers: {
          [HEADERS.basin]: BASIN,
          'content-type': MEDIA_TYPES.protobuf,
          accept: MEDIA_TYPES.protobuf,
        },
        body: payload,
      })
      await body.dump()
      if (statusCode !== 200) throw new Error(`the answer was ${statusCode}`)
    },
    close: () => client.close(),
  }
}

const answered = (request: ClientHttp2Stream): Promise<void> => collect(request, () => {})

function collect(request: ClientHttp2Stream, arrived: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let status = 0
    request.once('response', (headers) => {
      status = headers[':status'] ?? 0
    })
    request.on('data', arrived)
    request.once('error', reject)
    request.once('close', () =>
      status >= 200 && status < 300 ? resolve() : reject(new Error(`the answer was ${status}`)),
    )
  })
}
