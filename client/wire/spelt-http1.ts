import http from 'node:http'
import { connectCutting } from './cutting.ts'
import type { Dial } from './dial.ts'
import { answerTo } from './duplex-http1.ts'
import { type Spelling, speltBody, speltHeaders } from './spelling.ts'
import { uploadTo } from './upload.ts'
import type { WireAnswer, WireRequest } from './wire.ts'

/** A request over HTTP/1.1 on a connection of its own, spelt as it says; its body is left open for an upload. */
export async function openSpelt(
  request: WireRequest,
  spelling: Spelling,
  isUpload: boolean,
  signal: AbortSignal,
  dial?: Dial,
): Promise<WireAnswer> {
  const { method, origin, path, body } = request
  const socket = await connectCutting(origin, 'http/1.1', spelling, dial)
  const headers = speltHeaders(
    {
      host: new URL(origin).host,
      connection: 'close',
      ...request.headers,
      ...framing(request, spelling, isUpload),
    },
    spelling,
  )
  const outgoing = http.request({
    method,
    path,
    headers: headers.flat(),
    createConnection: () => socket,
    signal,
  })
  const answer = answerTo(outgoing, signal)
  for (const piece of speltBody(body ?? new Uint8Array(0), spelling)) outgoing.write(piece)
  if (isUpload) outgoing.flushHeaders()
  else outgoing.end()
  return { ...(await answer), upload: uploadTo(outgoing) }
}

/** A body in pieces is sent in chunks, one that is whole with its length. */
function framing(
  { body }: WireRequest,
  { pieces }: Spelling,
  isUpload: boolean,
): Readonly<Record<string, string>> {
  if (isUpload || (body !== undefined && pieces !== undefined)) return { 'transfer-encoding': 'chunked' }
  return body === undefined ? {} : { 'content-length': String(body.length) }
}
