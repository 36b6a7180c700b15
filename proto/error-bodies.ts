import { type JsonObject, parseJson, parseJsonBytes, stringifyJson } from './json.ts'
import { positionToJson, readPosition } from './json-bodies.ts'
import { member, readObject, readText, readU64 } from './json-shape.ts'
import type { Position, SeqNum } from './types.ts'
import { WireError } from './wire-error.ts'

/**
 * The JSON of a refusal: code and message (RTE-012), or, with 412, the actual value of the one condition that failed
 * (APP-019, APP-021), or, with 416, the tail (READ-060). A code may be one that `error-codes.ts` does not know.
 */
export type ErrorBody =
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'seq-num-mismatch'; readonly actual: SeqNum }
  | { readonly kind: 'fencing-token-mismatch'; readonly actual: string }
  | { readonly kind: 'unwritten'; readonly tail: Position }

export function errorBodyToJson(body: ErrorBody): string {
  switch (body.kind) {
    case 'error':
      return stringifyJson({ code: body.code, message: body.message })
    case 'seq-num-mismatch':
      return stringifyJson({ seq_num_mismatch: body.actual })
    case 'fencing-token-mismatch':
      return stringifyJson({ fencing_token_mismatch: body.actual })
    case 'unwritten':
      return stringifyJson({ tail: positionToJson(body.tail) })
  }
}

/** Throws `WireError` 'bad_json' unless the body is exactly one of the four kinds; other keys are skipped. */
export function errorBodyFromJson(json: string | Uint8Array): ErrorBody {
  const object = readObject(
    typeof json === 'string' ? parseJson(json) : parseJsonBytes(json),
    'the error body',
  )
  const [kind, ...more] = Object.keys(READERS).filter((key) => Object.hasOwn(object, key))
  const read = kind === undefined ? undefined : READERS[kind]
  if (read !== undefined && more.length === 0) return read(object)
  const kinds = Object.keys(READERS).join(', ')
  throw new WireError('bad_json', `the error body must have exactly one of the keys ${kinds}`)
}

/** By the key that tells the kind. */
const READERS: Readonly<Record<string, (object: JsonObject) => ErrorBody>> = {
  code: (object) => ({
    kind: 'error',
    code: readText(member(object, 'code'), 'code'),
    message: readText(member(object, 'message'), 'message'),
  }),
  seq_num_mismatch: (object) => ({
    kind: 'seq-num-mismatch',
    actual: readU64(member(object, 'seq_num_mismatch'), 'seq_num_mismatch'),
  }),
  fencing_token_mismatch: (object) => ({
    kind: 'fencing-token-mismatch',
    actual: readText(member(object, 'fencing_token_mismatch'), 'fencing_token_mismatch'),
  }),
  tail: (object) => ({ kind: 'unwritten', tail: readPosition(member(object, 'tail'), 'tail') }),
}
