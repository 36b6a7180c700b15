import { isObject } from '../kit/is-object.ts'
import { showBytes } from '../kit/show.ts'
import { type JsonObject, type JsonValue, parseJsonBytes } from '../proto/json.ts'
import { readPosition } from '../proto/json-bodies.ts'
import type { Position } from '../proto/types.ts'
import { WireError } from '../proto/wire-error.ts'
import type { Answer, ErrorBody } from './answer.ts'
import { rememberAsked } from './asked.ts'
import type { ReceivedAnswer } from './exchange.ts'
import { ConformanceFailure } from './failures.ts'

/**
 * An answer with its body read: by `read` for a success, as an error body for anything else. A success whose body
 * `read` refuses with a `WireError` breaks the API and is a `ConformanceFailure`.
 */
export function readAnswer<Value>(
  received: ReceivedAnswer,
  what: string,
  read: (body: Uint8Array) => Value,
): Answer<Value> {
  const { status, headers, body, asked } = received
  const isSuccess = status >= 200 && status < 300
  const value = isSuccess ? readOrFail(body, what, asked, read) : undefined
  const error = isSuccess ? undefined : readErrorBody(body)
  return rememberAsked({ status, headers, value, error, body }, asked)
}

/** The value of `body`, or a `ConformanceFailure` where it is not the `what` that was to come. */
export function readOrFail<Value>(
  body: Uint8Array,
  what: string,
  asked: string,
  read: (body: Uint8Array) => Value,
): Value {
  try {
    return read(body)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw new ConformanceFailure({
      subject: 'the body of the answer',
      expected: what,
      actual: `${showBytes(body)}, in which ${error.message}`,
      request: asked,
    })
  }
}

/** Never fails: what is not there or of another type is undefined. */
export function readErrorBody(body: Uint8Array): ErrorBody {
  const json = readJsonObject(body)
  if (json === undefined) return { json }
  const { code, message, seq_num_mismatch: seqNum, fencing_token_mismatch: token, tail: tailJson } = json
  const tail = readTail(tailJson)
  return {
    json,
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && { message }),
    ...(typeof seqNum === 'bigint' && { seq_num_mismatch: seqNum }),
    ...(typeof token === 'string' && { fencing_token_mismatch: token }),
    ...(tail !== undefined && { tail }),
  }
}

/** The JSON of the body, if it is JSON. */
export function readJson(body: Uint8Array): JsonValue | undefined {
  try {
    return parseJsonBytes(body)
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}

function readJsonObject(body: Uint8Array): JsonObject | undefined {
  const value = readJson(body)
  return isObject(value) ? (value as JsonObject) : undefined
}

function readTail(value: JsonValue | undefined): Position | undefined {
  try {
    return value === undefined ? undefined : readPosition(value, 'tail')
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}
