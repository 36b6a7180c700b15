import { type ClientHttp2Session, type ClientHttp2Stream, constants as http2 } from 'node:http2'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { compressionFlags, HEAD_BYTES, parseTerminal, TERMINAL } from '../../proto/frames.ts'
import { MEDIA_TYPES } from '../../proto/http.ts'
import { MIN_COMPRESSED_BYTES } from '../../proto/limits.ts'
import type { Now } from '../measure/clock.ts'
import type { Compression } from '../workload/workload.ts'
import { AnswerBody } from './answer-body.ts'
import type { Append, Appender, Ending, OnEnding, OnUnexpectedAck } from './appender.ts'
import type { Connections } from './connection.ts'
import { Cursor } from './cursor.ts'
import { endingOf } from './ending-of.ts'
import { requestEndless } from './endless.ts'
import { FrameSplitter } from './frame-splitter.ts'
import { goodbyeOf } from './goaway.ts'
import { Queue } from './queue.ts'
import { type ScannedAck, scanAck } from './scan.ts'
import { faultIn, whyOf } from './transport-error.ts'

export interface S2sAppenderParts {
  readonly connections: Connections
  /** Path and headers of the session. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly compression: Compression
  readonly now: Now
  readonly onEnding: OnEnding
  readonly onStray: OnUnexpectedAck
  /** The bytes are no longer needed. */
  readonly giveBack: (encoded: Buffer) => void
}

/** Largest frame of acks: an ack has about 100 bytes, and the error that ends a session some hundred. */
const MAX_ACK_FRAME_BYTES = 64 * 1024

interface Waiting {
  readonly append: Append
  readonly encoded: Buffer
}

/** One S2S session, opened again when it ends although there is more to append. */
export function createS2sAppender(parts: S2sAppenderParts): Appender {
  return new S2sAppender(parts)
}

class S2sAppender implements Appender {
  readonly #parts: S2sAppenderParts
  readonly #pending = new Queue<Append>()
  readonly #cursor = new Cursor()
  readonly #ack: ScannedAck = { start: 0, end: 0 }
  /** Until the session is open. */
  #waiting: Waiting[] = []
  #isOpening = false
  #stream: ClientHttp2Stream | undefined
  /** What the session ends with, once it has said so. */
  #said: Ending | undefined

  constructor(parts: S2sAppenderParts) {
    this.#parts = parts
  }

  async open(): Promise<void> {
    const session = await this.#parts.connections.next()
    const stream = request(session, this.#parts)
    // What comes after its end belongs to nobody.
    const splitter = new FrameSplitter((...frame) => {
      if (this.#stream === stream) this.#onFrame(...frame)
    }, MAX_ACK_FRAME_BYTES)
    // What went out on the session before is lost with it, should its end not have been heard yet.
    this.#lose()
    this.#stream = stream
    this.#parts.connections.audit.appends(stream)
    let refusal: { readonly status: number; readonly body: AnswerBody } | undefined
    stream.on('data', (chunk: Buffer) => {
      if (this.#stream !== stream) return
      try {
        // An answer that is no session has no frames.
        const tooLong = refusal?.body.add(chunk)
        if (tooLong !== undefined) throw tooLong
        if (refusal === undefined) splitter.push(chunk)
      } catch (error) {
        const why = whyOf(error)
        // A frame may have ended the session before.
        if (this.#stream !== stream) return
        this.#said = { kind: 'unknown', why }
        refusal = undefined
        this.#lose()
      }
    })
    let fault: string | undefined
    // What was lost is told when it closes; unheard here it would end the thread.
    stream.on('error', (error) => {
      fault ??= faultIn(error)
    })
    stream.once('response', ({ ':status': status = 0 }) => {
      if (status !== 200) refusal = { status, body: new AnswerBody() }
    })
    const over = (): void => {
      if (this.#stream !== stream) return
      if (refusal !== undefined) this.#said = endingOf(refusal.status, refusal.body.bytes.toString())
      this.#lose(goodbyeOf(session)?.message ?? fault)
    }
    // A target that has said its last takes nothing more, though it may leave this side open.
    stream.once('end', over).once('close', over)
    for (const { append, encoded } of this.#waiting.splice(0)) this.#write(stream, append, encoded)
  }

  append(append: Append, encoded: Buffer): void {
    if (this.#stream?.writable) {
      this.#write(this.#stream, append, encoded)
      return
    }
    this.#waiting.push({ append, encoded })
    if (this.#isOpening) return
    this.#isOpening = true
    this.open()
      .finally(() => {
        this.#isOpening = false
      })
      .catch((error: unknown) => this.#giveUpWaiting(whyOf(error)))
  }

  close(): void {
    this.#stream?.end()
  }

  #write(stream: ClientHttp2Stream, append: Append, encoded: Buffer): void {
    const frame = frameOf(encoded, this.#parts.compression)
    append.sentUs = this.#parts.now()
    this.#pending.push(append)
    stream.write(frame, () => this.#parts.giveBack(encoded))
  }

  #onFrame(flags: number, bytes: Buffer, begin: number, end: number): void {
    if ((flags & TERMINAL) !== 0) {
      const { status, json } = parseTerminal(flags, bytes.subarray(begin, end))
      this.#said = endingOf(status, json)
      this.#lose()
      return
    }
    this.#cursor.reset(bytes, begin, end)
    scanAck(this.#cursor, this.#ack)
    const append = this.#pending.shift()
    const { start, end: ackEnd } = this.#ack
    if (append !== undefined) this.#parts.onEnding(append, { kind: 'acked', start, end: ackEnd })
    else {
      this.#parts.onStray({ start, end: ackEnd })
      this.#lose()
    }
  }

  /**
   * All that is under way has ended: the first as was said, of those behind it nothing is known. What waits is of their writer,
   * and would overtake them.
   */
  #lose(why = 'the session was cut'): void {
    this.#stream?.close(http2.NGHTTP2_CANCEL)
    this.#stream = undefined
    let isUnsure = false
    let ending: Ending = this.#said ?? { kind: 'unknown', why }
    this.#said = undefined
    for (let append = this.#pending.shift(); append !== undefined; append = this.#pending.shift()) {
      this.#parts.onEnding(append, ending)
      isUnsure ||= ending.kind === 'unknown'
      if (ending.kind === 'refused') ending = { kind: 'unknown', why: 'the session ended before it' }
    }
    if (isUnsure) this.#giveUpWaiting('the session before it was cut')
  }

  #giveUpWaiting(why: string): void {
    for (const { append, encoded } of this.#waiting.splice(0)) {
      this.#parts.giveBack(encoded)
      this.#parts.onEnding(append, { kind: 'unknown', why })
    }
  }
}

function request(
  session: ClientHttp2Session,
  { connections, path, headers }: Pick<S2sAppenderParts, 'connections' | 'path' | 'headers'>,
): ClientHttp2Stream {
  return requestEndless(
    session,
    connections.mostStreams,
    { ':method': 'POST', ':path': path, ...headers, 'content-type': MEDIA_TYPES.s2s },
    { endStream: false },
  )
}

/** The frame of a message: its head stands before it in the same bytes, unless it is compressed. */
function frameOf(encoded: Buffer, compression: Compression): Buffer {
  const length = encoded.length - HEAD_BYTES
  if (compression === 'none' || length < MIN_COMPRESSED_BYTES) {
    encoded.writeUInt32BE((length + 1) * 256)
    return encoded
  }
  const message = encoded.subarray(HEAD_BYTES)
  const squeezed =
    compression === 'zstd'
      ? zstdCompressSync(message, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
      : gzipSync(message, { level: 1 })
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE((squeezed.length + 1) * 256 + compressionFlags(compression))
  return Buffer.concat([head, squeezed])
}
