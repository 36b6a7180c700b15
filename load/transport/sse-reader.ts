import http2, { type ClientHttp2Stream } from 'node:http2'
import { HEADERS, MEDIA_TYPES } from '../../proto/http.ts'
import { MAX_BATCH_RECORDS } from '../../proto/limits.ts'
import { SseParser } from '../../proto/sse.ts'
import type { Connections } from './connection.ts'
import { EmptyFrameGuard, MAX_BARREN_BYTES } from './empty-frame-guard.ts'
import { requestEndless } from './endless.ts'
import { goodbyeOf } from './goaway.ts'
import { countOf, fieldOf } from './json-fields.ts'
import type { Reader, ReaderParts } from './reader.ts'
import { encodeHeaders, READ_HEADER } from './record-headers.ts'
import type { BatchVisitor } from './scan.ts'
import { cutBy, faultIn, isMalformed, TransportError, whyOf } from './transport-error.ts'

/** Server-sent events, bodies in base64. */
export function createSseReader(parts: ReaderParts, connections: Connections): Reader {
  let current: ClientHttp2Stream | undefined
  let isClosed = false
  return {
    async open(seqNum) {
      const session = await connections.next()
      if (isClosed) return
      const stream = requestEndless(session, connections.mostStreams, {
        ':method': 'GET',
        ':path': `${parts.path}?seq_num=${seqNum}`,
        ...parts.headers,
        accept: MEDIA_TYPES['event-stream'],
        [HEADERS.format]: 'base64',
      })
      current = stream
      await follow(
        stream,
        parts,
        () => isClosed,
        () => goodbyeOf(session)?.message,
      )
    },
    close() {
      isClosed = true
      current?.close(http2.constants.NGHTTP2_CANCEL)
    },
  }
}

/** Resolves when the target has begun to answer; what comes then goes to the visitor. */
function follow(
  stream: ClientHttp2Stream,
  parts: ReaderParts,
  isClosed: () => boolean,
  goodbye: () => string | undefined,
): Promise<void> {
  const events = new SseParser(MAX_BARREN_BYTES)
  const barren = new EmptyFrameGuard()
  let said: string | undefined
  let fault: string | undefined
  let isBroken = false
  stream.on('data', (chunk: Buffer) => {
    if (stream.closed) return
    parts.onBytes(chunk.length)
    try {
      barren.add(chunk.length)
      for (const { event, data } of events.push(chunk)) {
        if (event === 'batch') {
          if (readBatch(data, parts.visitor) > 0) barren.reset()
        }
        // It is over, also where the target leaves it open.
        else if (event === 'error') throw new TransportError('cut', data)
      }
    } catch (error) {
      said = whyOf(error)
      isBroken = isMalformed(error)
      stream.close(http2.constants.NGHTTP2_CANCEL)
    }
  })
  return new Promise<void>((resolve, reject) => {
    let isOpen = false
    stream.once('response', ({ ':status': status }) => {
      isOpen = status === 200
      if (isOpen) resolve()
      else {
        reject(new TransportError('refused', `a reader was answered with ${status}`))
        // Its body may be endless.
        stream.close(http2.constants.NGHTTP2_CANCEL)
      }
    })
    stream.once('error', (error) => {
      fault = faultIn(error)
      reject(cutBy(error))
    })
    stream.once('close', () => {
      reject(new TransportError('cut', 'the reader was closed'))
      // Of one that was never open, `open` has told already.
      if (isOpen)
        parts.onEnd(
          isClosed() ? undefined : (said ?? goodbye() ?? fault ?? 'the reader was cut'),
          isBroken || fault !== undefined,
        )
    })
  })
}

/** What is no batch ends the reader: what it lacks would otherwise be taken for what the target lacks. */
const noBatch = (what: string): TransportError =>
  new TransportError('malformed', `an event "batch" is no batch: ${what}`)

/** Returns how many records the batch has. Throws a `TransportError` 'malformed', and what the visitor throws. */
export function readBatch(data: string, visitor: BatchVisitor): number {
  checkSize(data)
  const batch = parse(data)
  const records: unknown = fieldOf(batch, 'records') ?? []
  if (!Array.isArray(records)) throw noBatch('its records are no list')
  for (const record of records) {
    const seqNum = countOf(record, 'seq_num')
    const timestamp = countOf(record, 'timestamp')
    const body: unknown = fieldOf(record, 'body') ?? ''
    if (seqNum === undefined || timestamp === undefined || typeof body !== 'string')
      throw noBatch('a record lacks its seq_num, its timestamp or its body')
    const headers = headersOf(fieldOf(record, 'headers'))
    const bytes = Buffer.from(body, 'base64')
    const all = headers.length === 0 ? bytes : Buffer.concat([headers, bytes])
    visitor.record(seqNum, timestamp, all, headers.length, all.length, 0, headers.length)
  }
  const tail = countOf(fieldOf(batch, 'tail'), 'seq_num')
  if (tail !== undefined) visitor.tail(tail)
  return records.length
}

/** A batch, its tail and its records. */
const MOST_OBJECTS = 2 + MAX_BATCH_RECORDS
/** The shortest header, of two bytes of the 1 MiB of a batch, has this many characters, two brackets of its own among them. */
const SHORTEST_HEADER = '["",""],'.length

/** Bounds the values that the parser makes of an event. Bodies and headers in base64 have neither braces nor brackets. */
function checkSize(data: string): void {
  if (exceeds(data, '{', MOST_OBJECTS)) throw noBatch(`it has more than ${MAX_BATCH_RECORDS} records`)
  const lists = 1 + MAX_BATCH_RECORDS + data.length / SHORTEST_HEADER
  if (exceeds(data, '[', lists)) throw noBatch('it has more lists than its headers can be')
}

/** Whether a text has a character more often than so. */
function exceeds(text: string, character: string, most: number): boolean {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    count += 1
    if (count > most) return true
  }
  return false
}

const NO_HEADERS = Buffer.alloc(0)

/** Pairs in base64, as the messages of the other readers have them. */
function headersOf(value: unknown): Buffer {
  if (value === undefined) return NO_HEADERS
  if (!Array.isArray(value)) throw noBatch('the headers of a record are no list')
  const pairs = value.map((pair: unknown) => {
    const [name, content]: readonly unknown[] = Array.isArray(pair) ? pair : []
    if (typeof name !== 'string' || typeof content !== 'string')
      throw noBatch('a header is no name with a value')
    return [Buffer.from(name, 'base64'), Buffer.from(content, 'base64')] as const
  })
  return encodeHeaders(pairs, READ_HEADER)
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    throw noBatch('it is not JSON')
  }
}
