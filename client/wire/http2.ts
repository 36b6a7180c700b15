import http2, { type ClientHttp2Session, type ClientHttp2Stream, type ClientSessionOptions } from 'node:http2'
import { PassThrough, type Readable } from 'node:stream'
import { TargetError } from '../target-error.ts'
import { answersHttp2 } from './answers-http2.ts'
import { connectCutting } from './cutting.ts'
import type { Dial } from './dial.ts'
import { countAnswer, limitIdleBytes } from './idle-bytes.ts'
import { lookup } from './lookup.ts'
import { explain, flattenHeaders, tlsTrouble } from './network-error.ts'
import { type Spelling, speltBody, speltHeaders } from './spelling.ts'
import { uploadTo } from './upload.ts'
import type { Wire, WireAnswer, WireRequest } from './wire.ts'

/**
 * HTTP/2 by prior knowledge (http:) or ALPN (https:). Whole requests to one origin share a connection; each
 * exchange that stays open has its own, so that cutting or stalling it touches no other.
 */
export function createHttp2(dial?: Dial): Wire {
  const shared = new Map<string, Promise<ClientHttp2Session>>()
  const own = new Set<ClientHttp2Session>()

  const sharedSession = (origin: string, signal: AbortSignal): Promise<ClientHttp2Session> => {
    const existing = shared.get(origin)
    if (existing !== undefined) return existing
    const session = connect(origin, dial)
    shared.set(origin, session)
    // A session that says goodbye closes later, when another may have taken its place.
    const forget = (): void => {
      if (shared.get(origin) === session) shared.delete(origin)
    }
    session.then((ready) => ready.once('close', forget).once('goaway', forget), forget)
    return abortable(session, signal)
  }

  return {
    async open(request, { upload, ownConnection }, signal) {
      if (!ownConnection && request.spelling === undefined) {
        const session = await sharedSession(request.origin, signal)
        return await exchange(session, request, upload, () => {}, signal)
      }
      const session = await abortable(connect(request.origin, dial, signal, request.spelling), signal)
      own.add(session)
      session.once('close', () => own.delete(session))
      return await exchange(session, request, upload, () => session.destroy(), signal)
    },
    async close() {
      for (const session of own) session.destroy()
      for (const session of shared.values())
        await session.then(
          (ready) => ready.destroy(),
          () => {},
        )
    },
  }
}

/** With a signal, the connection is given up together with whoever waits for it. */
async function connect(
  origin: string,
  dial: Dial | undefined,
  signal?: AbortSignal,
  spelling?: Spelling,
): Promise<ClientHttp2Session> {
  const options = { settings: { enablePush: false }, lookup }
  const elsewhere = await connectionOptions(origin, dial, spelling)
  // Whoever speaks HTTP/2, and not when it is spelt so, is at fault.
  const refused = spelling === undefined ? 'refused' : 'cut'
  return await new Promise((resolve, reject) => {
    const session = http2.connect(origin, { ...options, ...elsewhere })
    limitIdleBytes(session, (why) => new TargetError('malformed', why))
    let isDoubted = false
    const giveUp = (): void => session.destroy()
    if (signal?.aborted === true) giveUp()
    signal?.addEventListener('abort', giveUp, { once: true })
    const timer = setTimeout(
      () => session.destroy(new TargetError('refused', 'no HTTP/2 connection in 10 s')),
      10_000,
    )
    session.once('remoteSettings', () => {
      signal?.removeEventListener('abort', giveUp)
      clearTimeout(timer)
      resolve(session)
    })
    session.once('close', () => {
      signal?.removeEventListener('abort', giveUp)
      clearTimeout(timer)
      if (!isDoubted) reject(new TargetError(refused, 'no HTTP/2 on this connection'))
    })
    // Later errors arrive at the streams as well; unheard here they would end the process.
    session.on('error', (error) => {
      if (spelling !== undefined || !isBroken(error)) {
        reject(new TargetError(refused, `no HTTP/2 connection: ${tlsTrouble(error)}`, error))
        return
      }
      isDoubted = true
      void answersHttp2(origin, dial).then((isHttp2) =>
        reject(
          isHttp2
            ? new TargetError('malformed', `the target breaks the rules of HTTP/2: ${error.message}`, error)
            : new TargetError(refused, `no HTTP/2 connection: ${error.message}`, error),
        ),
      )
    })
  })
}

/** Node connects where these say, or takes their connection, and still speaks to the host of the origin. */
async function connectionOptions(
  origin: string,
  dial: Dial | undefined,
  spelling: Spelling | undefined,
): Promise<ClientSessionOptions & { readonly host?: string; readonly port?: number }> {
  if (spelling !== undefined) {
    const connection = await connectCutting(origin, 'h2', spelling, dial)
    return { createConnection: () => connection }
  }
  if (dial === undefined) return {}
  const { hostname, port, protocol } = new URL(origin)
  return await dial({ host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
}

/** Does not wait for the connection any longer than the signal allows; the connection itself goes on. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise
      .then(resolve, (error) => reject(explain(error, signal)))
      .finally(() => signal.removeEventListener('abort', abort))
  })
}

function exchange(
  session: ClientHttp2Session,
  request: WireRequest,
  upload: boolean,
  disconnect: () => void,
  signal: AbortSignal,
): Promise<WireAnswer> {
  const { method, path, body, spelling } = request
  const headers =
    spelling === undefined ? request.headers : inLowerCase(speltHeaders(request.headers, spelling))
  const endStream = !upload && body === undefined
  const stream = requestOn(session, { ':method': method, ':path': path, ...headers }, endStream, signal)
  if (body !== undefined)
    for (const piece of spelling ? speltBody(body, spelling) : [body]) stream.write(piece)
  if (!upload && !endStream) stream.end()
  const cancel = (): void => {
    stream.close(http2.constants.NGHTTP2_CANCEL)
    disconnect()
  }
  let loss: unknown
  const lossOf = (error?: unknown): unknown =>
    signal.aborted ? signal.reason : (loss ?? lost(stream, session, error))
  signal.addEventListener('abort', cancel, { once: true })
  stream.once('close', () => {
    signal.removeEventListener('abort', cancel)
    // Before we close the connection ourselves, which would hide who did it.
    loss = lossOf()
    disconnect()
  })
  return new Promise((resolve, reject) => {
    stream.on('error', (error) => {
      loss = lossOf(error)
      reject(loss)
    })
    stream.once('close', () => reject(lossOf()))
    stream.once('response', ({ ':status': status = 0, ...headers }) => {
      const chunks = chunksOf(bodyOf(stream), lossOf)
      resolve({ status, headers: flattenHeaders(headers), chunks, upload: uploadTo(stream), cancel })
    })
  })
}

/** Throws a `TargetError` where the connection has ended since it came about. */
function requestOn(
  session: ClientHttp2Session,
  headers: Readonly<Record<string, string>>,
  endStream: boolean,
  signal: AbortSignal,
): ClientHttp2Stream {
  try {
    return countAnswer(session, session.request(headers, { endStream }))
  } catch (error) {
    throw explain(error, signal)
  }
}

/** Of HTTP/2, in the order in which they are spelt. */
const inLowerCase = (headers: ReturnType<typeof speltHeaders>): Readonly<Record<string, string>> =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))

/**
 * What comes of a stream, whenever it is read: iterating over an HTTP/2 stream that the target has ended already, with
 * data still to be read, fails as if it had been cut.
 */
function bodyOf(stream: ClientHttp2Stream): Readable {
  const body = new PassThrough()
  // The iteration throws what was lost; unheard here it would end the process.
  body.on('error', () => {})
  const lose = (): void => void body.destroy(new Error('the stream was closed before its end'))
  stream.once('close', () => {
    if (!stream.readableEnded) lose()
  })
  stream.once('end', () => {
    // A stream whose connection is lost ends like any other, save for its code.
    if (stream.rstCode === http2.constants.NGHTTP2_NO_ERROR) body.end()
    else lose()
  })
  return stream.pipe(body, { end: false })
}

async function* chunksOf(stream: Readable, lossOf: (error: unknown) => unknown): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk
  } catch (error) {
    throw lossOf(error)
  }
}

function lost(stream: ClientHttp2Stream, session: ClientHttp2Session, error: unknown): TargetError {
  if (error instanceof TargetError) return error
  if (isBroken(error))
    return new TargetError('malformed', `the target breaks the rules of HTTP/2: ${error.message}`, error)
  return session.destroyed
    ? new TargetError('cut', 'the HTTP/2 connection was closed', error)
    : new TargetError('reset', `the stream was reset with code ${stream.rstCode ?? 'unknown'}`, error)
}

const BROKEN: readonly unknown[] = ['ERR_HTTP2_ERROR', 'ERR_HTTP2_TOO_MANY_INVALID_FRAMES']

/** Whether node:http2 ended the session because of what the target sent. */
const isBroken = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && BROKEN.includes(error.code)
