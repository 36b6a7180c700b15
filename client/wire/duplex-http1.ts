import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import { TargetError } from '../target-error.ts'
import type { Dial } from './dial.ts'
import { lookup } from './lookup.ts'
import { explain, flattenHeaders } from './network-error.ts'
import { uploadTo } from './upload.ts'
import type { WireAnswer, WireRequest } from './wire.ts'

/**
 * A request over HTTP/1.1 whose body stays open while the answer comes. By `node:http`: undici holds the head of a
 * request back until the first piece of its body is there, and the answer is awaited before that.
 */
export async function openDuplex(
  request: WireRequest,
  signal: AbortSignal,
  dial?: Dial,
): Promise<WireAnswer> {
  const { method, origin, path, headers, body } = request
  const { hostname, host, port, protocol } = new URL(origin)
  const secure = protocol === 'https:'
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80) }
  const dialled = dial === undefined ? address : await dial(address)
  const outgoing = (secure ? https : http).request({
    method,
    hostname: dialled.host,
    port: dialled.port,
    path,
    headers: { host, ...headers },
    ...(secure && { servername: address.host }),
    agent: false,
    lookup,
    signal,
  })
  outgoing.flushHeaders()
  if (body !== undefined) outgoing.write(body)
  return { ...(await answerTo(outgoing, signal)), upload: uploadTo(outgoing) }
}

/** Resolves with the head of the answer. */
export function answerTo(
  outgoing: http.ClientRequest,
  signal: AbortSignal,
): Promise<Omit<WireAnswer, 'upload'>> {
  return new Promise((resolve, reject) => {
    // Stays when the answer is there: what then goes wrong with the upload shows in the answer.
    outgoing.on('error', (error) => reject(explain(error, signal)))
    outgoing.once('response', (response) => {
      response.on('error', () => {})
      resolve({
        status: response.statusCode ?? 0,
        headers: flattenHeaders(response.headers),
        chunks: chunksOf(response, signal),
        cancel: () => outgoing.destroy(new TargetError('cut', 'the connection was cut by the check')),
      })
    })
  })
}

/** The pieces of a body, pulled, with errors as this module's. */
export async function* chunksOf(body: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk
  } catch (error) {
    throw explain(error, signal)
  }
}
