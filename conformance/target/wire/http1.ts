import { PassThrough, type Readable } from 'node:stream'
import { Agent, type Dispatcher } from 'undici'
import { TargetError } from '../target-error.ts'
import type { Upload, Wire, WireAnswer, WireRequest } from './wire.ts'

/** HTTP/1.1 by undici: pooled connections, one exchange at a time on each, no deadline of its own. */
export function createHttp1(): Wire {
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    // Shorter than any server's, so that no request meets a connection that is just being closed.
    keepAliveTimeout: 1000,
    keepAliveMaxTimeout: 1000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: 10_000,
  })
  return {
    // Every exchange has its connection for itself, so `ownConnection` asks for nothing more.
    async open(request, { upload }, signal) {
      if (!upload) {
        const body = request.body === undefined ? null : Buffer.from(request.body)
        return await exchange(agent, request, body, CLOSED, signal)
      }
      const body = new PassThrough()
      if (request.body !== undefined) body.write(request.body)
      return await exchange(agent, request, body, uploadTo(body), signal)
    },
    close: () => agent.destroy(),
  }
}

const CLOSED: Upload = {
  write: () => Promise.reject(new Error('the body of this request was sent whole')),
  end: () => {},
}

async function exchange(
  agent: Agent,
  request: WireRequest,
  body: Buffer | Readable | null,
  upload: Upload,
  signal: AbortSignal,
): Promise<WireAnswer> {
  const abort = new AbortController()
  try {
    const response = await agent.request({
      origin: request.origin,
      path: request.path,
      method: request.method as Dispatcher.HttpMethod,
      headers: { ...request.headers },
      body,
      signal: AbortSignal.any([signal, abort.signal]),
    })
    return {
      status: response.statusCode,
      headers: flatten(response.headers),
      chunks: chunksOf(response.body, signal),
      upload,
      cancel: () => abort.abort(new TargetError('cut', 'the connection was cut by the check')),
    }
  } catch (error) {
    throw explain(error, signal)
  }
}

function uploadTo(body: PassThrough): Upload {
  // Without a listener, an upload that the answer overtook would end the process.
  body.on('error', () => {})
  return {
    write: (bytes) => new Promise((resolve) => body.write(bytes, () => resolve())),
    end: () => body.end(),
  }
}

async function* chunksOf(body: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk
  } catch (error) {
    throw explain(error, signal)
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

const CODES: Readonly<Record<string, 'refused' | 'cut' | 'malformed'>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'refused',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  UND_ERR_ABORTED: 'cut',
}

/** The signal's reason if that ended the exchange, a `TargetError` for what a network does, else the error itself. */
export function explain(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (!(error instanceof Error) || error instanceof TargetError) return error
  const code = errorCode(error)
  if (code.startsWith('HPE_'))
    return new TargetError('malformed', `the answer is not HTTP/1.1 (${error.message})`, error)
  if (code.startsWith('ERR_TLS') || code.includes('CERT'))
    return new TargetError('refused', `TLS failed (${error.message})`, error)
  const kind = CODES[code]
  if (kind === undefined) return error
  return new TargetError(
    kind,
    kind === 'refused' ? `no connection (${code})` : `the connection was closed (${code})`,
    error,
  )
}

function errorCode(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // Several addresses were tried: the first attempt tells the story.
  const [first] = error instanceof AggregateError ? error.errors : []
  return code === '' && first instanceof Error && 'code' in first ? String(first.code) : code
}
