import http2, { type ClientHttp2Stream } from 'node:http2'
import { HEADERS, MEDIA_TYPES } from '../../proto/http.ts'
import type { Connections } from './connection.ts'
import type { Reader, ReaderParts } from './reader.ts'

/** Server-sent events, bodies in base64. */
export function createSseReader(parts: ReaderParts, connections: Connections): Reader {
  let stream: ClientHttp2Stream | undefined
  let isClosed = false
  let said: string | undefined
  const onEvent = (event: string): void => {
    const name = /^event: ?(.*)$/m.exec(event)?.[1] ?? 'message'
    const data = [...event.matchAll(/^data: ?(.*)$/gm)].map((match) => match[1]).join('\n')
    if (name === 'batch') readBatch(data, parts)
    else if (name === 'error') said = data
  }
  return {
    async open(seqNum) {
      const session = await connections.next()
      const events = splitEvents(onEvent)
      stream = session.request({
        ':method': 'GET',
        ':path': `${parts.path}?seq_num=${seqNum}`,
        ...parts.headers,
        accept: MEDIA_TYPES['event-stream'],
        [HEADERS.format]: 'base64',
      })
      await new Promise<void>((resolve, reject) => {
        stream?.once('response', ({ ':status': status }) =>
          status === 200 ? resolve() : reject(new Error(`a reader was answered with ${status}`)),
        )
        stream?.once('error', reject)
        stream?.once('close', () => {
          reject(new Error('the reader was closed'))
          parts.onEnd(isClosed ? undefined : (said ?? 'the reader was cut'))
        })
        stream?.on('data', (chunk: Buffer) => {
          parts.onBytes(chunk.length)
          events(chunk)
        })
      })
    },
    close() {
      isClosed = true
      stream?.close(http2.constants.NGHTTP2_CANCEL)
    },
  }
}

/** Events end with an empty line. Bodies are in base64, so that all of it is ASCII. */
function splitEvents(onEvent: (event: string) => void): (chunk: Buffer) => void {
  let held = ''
  return (chunk) => {
    held += chunk.toString('latin1')
    for (let end = held.indexOf('\n\n'); end >= 0; end = held.indexOf('\n\n')) {
      onEvent(held.slice(0, end))
      held = held.slice(end + 2)
    }
  }
}

interface JsonBatch {
  readonly records?: readonly {
    readonly seq_num: number
    readonly timestamp: number
    readonly body?: string
  }[]
  readonly tail?: { readonly seq_num: number }
}

function readBatch(data: string, { visitor }: ReaderParts): void {
  // What is no batch makes the verifier find what is missing.
  const { records = [], tail } = JSON.parse(data) as JsonBatch
  for (const { seq_num, timestamp, body = '' } of records) {
    const bytes = Buffer.from(body, 'base64')
    visitor.record(seq_num, timestamp, bytes, 0, bytes.length)
  }
  if (tail !== undefined) visitor.tail(tail.seq_num)
}
