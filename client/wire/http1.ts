import { Agent, buildConnector, type Dispatcher } from 'undici'
import { TargetError } from '../target-error.ts'
import type { Dial } from './dial.ts'
import { chunksOf, openDuplex } from './duplex-http1.ts'
import { lookup } from './lookup.ts'
import { explain, flattenHeaders } from './network-error.ts'
import { openSpelt } from './spelt-http1.ts'
import type { Upload, Wire, WireAnswer, WireRequest } from './wire.ts'

/**
 * HTTP/1.1 by undici: pooled connections, one exchange at a time on each, no deadline of its own. With `dial`, connections
 * go to where that says.
 */
export function createHttp1(dial?: Dial): Wire {
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    // Shorter than any server's, so that no request meets a connection that is just being closed.
    keepAliveTimeout: 1000,
    keepAliveMaxTimeout: 1000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: dial === undefined ? { lookup, timeout: CONNECT_MS } : connectorBy(dial),
  })
  return {
    // Every exchange has its connection for itself, so `ownConnection` asks for nothing more.
    open: (request, { upload }, signal) => {
      if (request.spelling !== undefined) return openSpelt(request, request.spelling, upload, signal, dial)
      return upload ? openDuplex(request, signal, dial) : exchange(agent, request, signal)
    },
    close: () => agent.destroy(),
  }
}

const CONNECT_MS = 10_000

function connectorBy(dial: Dial): buildConnector.connector {
  const connect = buildConnector({ lookup, timeout: CONNECT_MS })
  return (options, callback) => {
    const { hostname, protocol, port } = options
    dial({ host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) }).then(
      ({ host, port }) => connect({ ...options, hostname: host, port: String(port) }, callback),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    )
  }
}

const CLOSED: Upload = {
  write: () => Promise.reject(new Error('the body of this request was sent whole')),
  end: () => {},
}

async function exchange(agent: Agent, request: WireRequest, signal: AbortSignal): Promise<WireAnswer> {
  try {
    const response = await agent.request({
      origin: request.origin,
      path: request.path,
      // Any token is a method here: what the target makes of it is the question.
      method: request.method as Dispatcher.HttpMethod,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal,
    })
    // A body that nobody reads may be cut all the same; unheard, that would end the process.
    response.body.on('error', () => {})
    return {
      status: response.statusCode,
      headers: flattenHeaders(response.headers),
      chunks: chunksOf(response.body, signal),
      upload: CLOSED,
      cancel: () => void response.body.destroy(new TargetError('cut', 'the connection was cut by the check')),
    }
  } catch (error) {
    throw explain(error, signal)
  }
}
