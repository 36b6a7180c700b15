import { type ClientHttp2Stream, constants as http2 } from 'node:http2'
import type { Connections } from './connection.ts'
import { requestEndless } from './endless.ts'
import { goodbyeOf } from './goaway.ts'
import type { Taker } from './h2/exchange.ts'
import type { Sessions } from './sessions.ts'
import { cutBy, TransportError } from './transport-error.ts'

/** Over the connections that appends go over, as a client has it that does both; whoever opened those closes them. */
export function createSharedSessions(connections: Connections): Sessions {
  return {
    async get(path, headers, taker, onEnd) {
      const session = await connections.next()
      try {
        const asked = { ':method': 'GET', ':path': path, ...headers }
        const stream = requestEndless(session, connections.mostStreams, asked)
        return take(stream, taker, onEnd, () => goodbyeOf(session))
      } catch (error) {
        if (!(error instanceof TransportError)) throw error
        onEnd(error)
        return () => {}
      }
    },
    close() {},
  }
}

function take(
  stream: ClientHttp2Stream,
  taker: Taker,
  onEnd: (error?: TransportError) => void,
  goodbye: () => TransportError | undefined,
): () => void {
  let isOver = false
  const over = (error?: TransportError): void => {
    if (!isOver) onEnd(error)
    isOver = true
  }
  stream
    .once('response', ({ ':status': status = 0 }) => taker.onStatus(status))
    .on('data', (content: Buffer) => {
      if (!isOver) taker.onContent(content)
    })
    .once('error', (error) => over(goodbye() ?? cutBy(error)))
    // Node ends a stream also where its connection breaks off; the code alone tells.
    .once('close', () =>
      over(
        stream.rstCode === http2.NGHTTP2_NO_ERROR
          ? undefined
          : (goodbye() ?? new TransportError('cut', 'the connection was closed')),
      ),
    )
  return () => {
    isOver = true
    stream.close(http2.NGHTTP2_CANCEL)
  }
}
