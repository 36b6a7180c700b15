import { messageOf } from '../../conformance/message-of.ts'
import { HEAD_BYTES } from '../../proto/frames.ts'
import { HEADERS, MEDIA_TYPES } from '../../proto/http.ts'
import type { Now } from '../measure/clock.ts'
import type { Append, Appender, Ending, OnEnding } from './appender.ts'
import { Cursor } from './cursor.ts'
import { endingOf } from './ending-of.ts'
import { jsonOf } from './json-batch.ts'
import { countOf, fieldOf } from './json-fields.ts'
import { scanAck } from './scan.ts'
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
  readonly onWait: () => void
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
  const send = async (append: Append, encoded: Buffer): Promise<Ending> => {
    const body = parts.encoding === 'proto' ? encoded.subarray(HEAD_BYTES) : jsonOf(encoded)
    append.sentUs = parts.now()
    const onWait = (isWaiting: boolean): void => {
      if (isWaiting) {
        parts.onWait()
        return
      }
      const sinceUs = append.sentUs
      append.sentUs = parts.now()
      parts.onWaited(append.sentUs - sinceUs)
    }
    try {
      const answer = await parts.wire.send({ method: 'POST', path: parts.path, headers, body, onWait })
      return answer.status === 200 ? read(answer.body) : endingOf(answer.status, answer.body.toString())
    } catch (error) {
      return { kind: 'unknown', why: messageOf(error) }
    }
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

function readProto(body: Buffer): Ending {
  const ack = { start: 0, end: 0 }
  scanAck(new Cursor(body), ack)
  return { kind: 'acked', ...ack }
}

function readJson(body: Buffer): Ending {
  const value: unknown = JSON.parse(body.toString())
  const start = countOf(fieldOf(value, 'start'), 'seq_num')
  const end = countOf(fieldOf(value, 'end'), 'seq_num')
  if (start === undefined || end === undefined) return { kind: 'unknown', why: 'an answer that is no ack' }
  return { kind: 'acked', start, end }
}
