import { stringifyJson } from '../../../proto/json.ts'
import {
  decodeAppendAck,
  decodeAppendInput,
  decodeReadBatch,
  encodeAppendAck,
  encodeAppendInput,
  encodeReadBatch,
} from '../../../proto/messages.ts'
import type { AppendAck, AppendInput, AppendRecord, Position, ReadBatch } from '../../../proto/types.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { cutHex } from './cut.ts'
import type { MessageType, ShownMessage } from './example.ts'
import type { StableValues } from './stable-values.ts'

/**
 * A protobuf message as bytes and fields. Its timestamps are made stable and it is encoded again; where the server's or the
 * client's bytes are not the canonical encoding, they are shown as they are.
 */
export function showMessage(bytes: Uint8Array, type: MessageType, stable: StableValues): ShownMessage {
  try {
    const { canonical, encoded, fields } = CODECS[type](bytes, stable)
    const shown = Buffer.from(canonical).equals(bytes) ? encoded : bytes
    return { type, ...cutHex(shown), fields: cutFields(stable.text(fields)) }
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return cutHex(bytes)
  }
}

interface Decoded {
  /** The message encoded again, unchanged. */
  readonly canonical: Uint8Array
  /** The same with stable timestamps. */
  readonly encoded: Uint8Array
  readonly fields: string
}

const CODECS: Readonly<Record<MessageType, (bytes: Uint8Array, stable: StableValues) => Decoded>> = {
  AppendInput(bytes, stable) {
    const input = decodeAppendInput(bytes)
    const records = input.records.map((record) =>
      record.timestamp === undefined ? record : { ...record, timestamp: stable.timestamp(record.timestamp) },
    )
    const mapped: AppendInput = { ...input, records }
    return {
      canonical: encodeAppendInput(input),
      encoded: encodeAppendInput(mapped),
      fields: fieldsOf({ ...mapped, records: records.map(fieldsOfRecord) }),
    }
  },
  AppendAck(bytes, stable) {
    const ack = decodeAppendAck(bytes)
    const at = positionBy(stable)
    const mapped: AppendAck = { start: at(ack.start), end: at(ack.end), tail: at(ack.tail) }
    return { canonical: encodeAppendAck(ack), encoded: encodeAppendAck(mapped), fields: fieldsOf(mapped) }
  },
  ReadBatch(bytes, stable) {
    const batch = decodeReadBatch(bytes)
    const records = batch.records.map((record) => ({
      ...record,
      timestamp: stable.timestamp(record.timestamp),
    }))
    const mapped: ReadBatch = {
      ...batch,
      records,
      ...(batch.tail !== undefined && { tail: positionBy(stable)(batch.tail) }),
    }
    return {
      canonical: encodeReadBatch(batch),
      encoded: encodeReadBatch(mapped),
      fields: fieldsOf({ ...mapped, records: records.map(fieldsOfRecord) }),
    }
  },
}

const positionBy =
  (stable: StableValues) =>
  ({ seqNum, timestamp }: Position): Position => ({ seqNum, timestamp: stable.timestamp(timestamp) })

function fieldsOfRecord({ headers, body, ...rest }: AppendRecord): unknown {
  return {
    ...rest,
    ...(headers.length > 0 && { headers: headers.map(({ name, value }) => [textOf(name), textOf(value)]) }),
    body: textOf(body),
  }
}

const MAX_SHOWN_BODY = 80

function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8')
  return text.length <= MAX_SHOWN_BODY ? text : `${text.slice(0, MAX_SHOWN_BODY)}… (${bytes.length} bytes)`
}

/** Names as `s2.proto` has them. */
const fieldsOf = (message: object): string =>
  stringifyJson(message).replace(
    /"([a-z]+)([A-Z])([a-zA-Z]*)":/g,
    (_, first: string, hump: string, rest: string) =>
      `"${first}_${hump.toLowerCase()}${rest.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`,
  )

const MAX_FIELDS = 700

const cutFields = (text: string): string =>
  text.length <= MAX_FIELDS ? text : `${text.slice(0, MAX_FIELDS)}…`
