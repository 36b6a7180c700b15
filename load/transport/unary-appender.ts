import { messageOf } from '../../kit/message-of.ts'
import { HEAD_BYTES } from '../../proto/frames.ts'
import { HEADERS, MEDIA_TYPES } from '../../proto/http.ts'
import type { Now } from '../measure/clock.ts'
import type { Append, Appender, Ending, OnEnding } from './appender.ts'
import { Cursor } from './cursor.ts'
import { endingOf } from './ending-of.ts'
import { jsonOf } from './json-batch.ts'
import { countOf, fieldOf } from './json-fields.ts'
import { scanAck } from './scan.ts'
import { TransportError, whyOf } from './transport-error.ts'
import type { UnaryAnswer } from './unary-answer.ts'
import type { UnaryWire } from './unary-wire.ts'

export interface UnaryAppenderParts {
  readonly wire: UnaryWire
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly encoding: 'proto' | 'json'
  readonly now: Now
  readonly onEnding: OnEnding
  readonly giveBack: (encoded: Buffer) => void
  /** One began to wait for a connection, or a stream of one, and one has waited for it so many microseconds. */
  readonly onWait: (append: Append) => void
  readonly onWaited: (us: number) => void
}

/** One request an append. */
export function createUnaryAppender(parts: UnaryAppenderParts): Appender {
  const type = parts.encoding === 'proto' ? MEDIA_TYPES.protobuf : MEDIA_TYPES.json
  const headers: Readonly<Record<string, string>> = {
    ...parts.headers,
    'content-type': type,
    accept: type,
    ...(parts.encoding === 'json' && { [HEADERS.format]: 'base64' }),
  }
  const read = parts.encoding === 'proto' ? readProto : readJson
  const send = (append: Append, encoded: Buffer): Promise<Ending> => {
    const body = parts.encoding === 'proto' ? encoded.subarray(HEAD_BYTES) : jsonOf(encoded)
    append.sentUs = parts.now()
    const onWait = (isWaiting: boolean): void => {
      if (isWaiting) {
        parts.onWait(append)
        return
      }
      const sinceUs = append.sentUs
      append.sentUs = parts.now()
      parts.onWaited(append.sentUs - sinceUs)
    }
    return answered(parts.wire.send({ method: 'POST', path: parts.path, headers, body, onWait }), read)
  }
  return {
    open: () => Promise.resolve(),
    append(append, encoded) {
      void send(append, encoded).then((ending) => {
        parts.giveBack(encoded)
        parts.onEnding(append, ending)
      })
    },
    close() {},
  }
}

/** How an append ended that is answered so. Rejects with what neither the target nor the network did. */
export async function answered(
  answer: Promise<UnaryAnswer>,
  readAck: (body: Buffer) => Ending,
): Promise<Ending> {
  try {
    const { status, body } = await answer
    return status === 200 ? readAck(body) : endingOf(status, body.toString())
  } catch (error) {
    return { kind: 'unknown', why: whyOf(error) }
  }
}

function readProto(body: Buffer): Ending {
  const ack = { start: 0, end: 0 }
  scanAck(new Cursor(body), ack)
  return { kind: 'acked', ...ack }
}

function readJson(body: Buffer): Ending {
  const value = parse(body.toString())
  const start = countOf(fieldOf(value, 'start'), 'seq_num')
  const end = countOf(fieldOf(value, 'end'), 'seq_num')
  if (start === undefined || end === undefined) return { kind: 'unknown', why: 'an answer that is no ack' }
  return { kind: 'acked', start, end }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TransportError('malformed', messageOf(error), error)
  }
}
