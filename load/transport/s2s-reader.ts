import http2, { type ClientHttp2Stream } from 'node:http2'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { MEDIA_TYPES } from '../../proto/http.ts'
import { MAX_FRAME_PAYLOAD_BYTES } from '../../proto/limits.ts'
import type { Compression } from '../workload/workload.ts'
import type { Connections } from './connection.ts'
import { Cursor } from './cursor.ts'
import { FrameSplitter } from './frame-splitter.ts'
import type { Reader, ReaderParts } from './reader.ts'
import { scanReadBatch } from './scan.ts'

const TERMINAL = 0x80
const COMPRESSED = 0x60
const ZSTD = 0x20
/** What a frame may grow to. */
const MOST_BYTES = 2 * MAX_FRAME_PAYLOAD_BYTES

/** An S2S read session, of all records from one on and of those to come. */
export function createS2sReader(
  parts: ReaderParts,
  connections: Connections,
  compression: Compression,
): Reader {
  const cursor = new Cursor()
  let stream: ClientHttp2Stream | undefined
  let isClosed = false
  let said: string | undefined
  const onFrame = (flags: number, bytes: Buffer, begin: number, end: number): void => {
    if ((flags & TERMINAL) !== 0) {
      said = `${bytes.readUInt16BE(begin)} ${bytes.toString('utf8', begin + 2, end)}`
      return
    }
    if ((flags & COMPRESSED) === 0) cursor.reset(bytes, begin, end)
    else {
      const message = inflate(flags, bytes.subarray(begin, end))
      cursor.reset(message, 0, message.length)
    }
    scanReadBatch(cursor, parts.visitor)
  }
  return {
    async open(seqNum) {
      const session = await connections.next()
      const splitter = new FrameSplitter(onFrame)
      said = undefined
      stream = session.request({
        ':method': 'GET',
        ':path': `${parts.path}?seq_num=${seqNum}`,
        ...parts.headers,
        'content-type': MEDIA_TYPES.s2s,
        ...(compression !== 'none' && { 'accept-encoding': compression }),
      })
      await new Promise<void>((resolve, reject) => {
        let isOpen = false
        stream?.once('response', ({ ':status': status }) => {
          isOpen = status === 200
          if (isOpen) resolve()
          else reject(new Error(`a read session was answered with ${status}`))
        })
        stream?.once('error', reject)
        stream?.once('close', () => {
          reject(new Error('the read session was closed'))
          // Of one that was never open, `open` has told already.
          if (isOpen) parts.onEnd(isClosed ? undefined : (said ?? 'the read session was cut'))
        })
        stream?.on('data', (chunk: Buffer) => {
          parts.onBytes(chunk.length)
          try {
            splitter.push(chunk)
          } catch (error) {
            said = error instanceof Error ? error.message : String(error)
            stream?.close(http2.constants.NGHTTP2_CANCEL)
          }
        })
      })
    },
    close() {
      isClosed = true
      stream?.close(http2.constants.NGHTTP2_CANCEL)
    },
  }
}

const inflate = (flags: number, payload: Buffer): Buffer =>
  (flags & COMPRESSED) === ZSTD
    ? zstdDecompressSync(payload, { maxOutputLength: MOST_BYTES })
    : gunzipSync(payload, { maxOutputLength: MOST_BYTES })
