import { once } from 'node:events'
import {
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type Settings,
} from 'node:http2'
import { expect, onTestFinished } from 'vitest'
import type { ConnectionOptions } from '../connection.ts'

/** Ends a connection as a target does that has had enough of it, with `ENHANCE_YOUR_CALM, "too_many_pings"`. */
export function sendEnhanceYourCalm(session: Http2Session | undefined): void {
  session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 2 ** 31 - 1, Buffer.from('too_many_pings'))
  // What was said goes out when the loop turns.
  setTimeout(() => session?.destroy(), 10)
}

/** Serves streams like this until the test has ended; resolves with how a client connects to it. */
export async function serveHttp2(
  serve: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
  settings: Settings = {},
): Promise<ConnectionOptions> {
  const server = createServer({ settings })
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => sessions.push(session.on('error', () => {})))
  // Whoever goes away in the middle is what many of these tests are about.
  server.on('stream', (stream, headers) =>
    serve(
      stream.on('error', () => {}),
      headers,
    ),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const session of sessions) session.destroy()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') expect.unreachable()
  return {
    origin: `http://127.0.0.1:${address.port}`,
    streamWindow: 65_535,
    connectionWindow: 1 << 20,
  }
}
