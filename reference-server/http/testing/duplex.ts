import { type ClientRequest, type IncomingMessage, request as request1 } from 'node:http'
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import { request as requestTls } from 'node:https'
import type { Readable } from 'node:stream'
import { type Frame, FrameDecoder } from '../../../proto/frames.ts'

/** A request whose body goes on while its answer arrives. */
export interface Duplex {
  /** Resolves when the head of the answer is there. */
  readonly status: Promise<number>
  /** The answer's body so far, cut into frames. */
  readonly frames: readonly Frame[]
  /** Resolves when the answer's body has ended; rejects where it is cut. */
  readonly ended: Promise<void>
  send(bytes: Uint8Array): void
  /** Half-closes: no more input. */
  end(): void
  /** Stops taking the answer, and goes on. */
  pause(): void
  resume(): void
  /** Leaves without a word. */
  destroy(): void
}

export type OpenDuplex = (
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  /** The certificate that is trusted, for https. */
  ca?: string,
) => Duplex

export const overHttp1: OpenDuplex = (url, method, path, headers, ca) => {
  const request: ClientRequest =
    ca === undefined
      ? request1(`${url}${path}`, { method, headers })
      : requestTls(`${url}${path}`, { method, headers, ca })
  request.flushHeaders()
  const answer = Promise.withResolvers<[number, Readable]>()
  request.on('response', (response: IncomingMessage) => answer.resolve([response.statusCode ?? 0, response]))
  request.on('error', answer.reject)
  return duplex(answer.promise, {
    send: (bytes) => request.write(bytes),
    end: () => request.end(),
    destroy: () => request.destroy(),
  })
}

export const overHttp2: OpenDuplex = (url, method, path, headers, ca) => {
  const session: ClientHttp2Session = connect(url, ca === undefined ? {} : { ca })
  const answer = Promise.withResolvers<[number, Readable]>()
  const stream = session.request(
    { ...headers, ':method': method, ':path': path },
    { endStream: method === 'GET' },
  )
  stream.on('response', (head: IncomingHttpHeaders & { ':status'?: number }) => {
    answer.resolve([head[':status'] ?? 0, stream])
  })
  stream.on('error', answer.reject)
  stream.on('close', () => session.close())
  session.on('error', answer.reject)
  return duplex(answer.promise, {
    send: (bytes) => stream.write(bytes),
    end: () => stream.end(),
    destroy: () => session.destroy(),
  })
}

function duplex(
  answer: Promise<[number, Readable]>,
  input: Pick<Duplex, 'send' | 'end' | 'destroy'>,
): Duplex {
  const frames: Frame[] = []
  const decoder = new FrameDecoder()
  const ended = Promise.withResolvers<void>()
  let body: Readable | undefined
  ended.promise.catch(() => {})
  answer.then(([, opened]) => {
    body = opened
    body.on('data', (chunk: Uint8Array) => frames.push(...decoder.push(chunk)))
    body.on('error', ended.reject)
    // A stream of HTTP/2 that is reset, or whose connection is gone, ends as if it were whole.
    body.on('end', () => {
      if (!('rstCode' in opened) || opened.rstCode === 0) ended.resolve()
    })
    body.on('close', () => ended.reject(new Error('the answer was cut')))
  }, ended.reject)
  return {
    status: answer.then(([status]) => status),
    frames,
    ended: ended.promise,
    ...input,
    pause: () => body?.pause(),
    resume: () => body?.resume(),
  }
}
