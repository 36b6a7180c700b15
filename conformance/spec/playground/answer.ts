import { type ErrorBody, errorBodyToJson } from '../../../proto/error-bodies.ts'
import { ERROR_CODES, type ErrorCode } from '../../../proto/error-codes.ts'
import { stringifyJson } from '../../../proto/json.ts'
import type { Refusal } from '../../../reference-server/semantics/refusal.ts'
import type { ResolvedStreamConfig } from '../../../reference-server/semantics/resources/config.ts'

/** An answer as the wire shows it. */
export interface Answer {
  readonly status: number
  /** The error code; undefined for success, and for 412 and 416, which have none (ERR-029, ERR-030). */
  readonly code: ErrorCode | undefined
  readonly body: string
}

export const succeed = (body: string): Answer => ({ status: 200, code: undefined, body })

/** The answer for a refusal: each code has one status (ERR-041). */
export function answerTo(refusal: Refusal): Answer {
  if (refusal.refusal === 'error') {
    const { code, message } = refusal
    return { status: ERROR_CODES[code].status, code, body: errorBodyToJson({ kind: 'error', code, message }) }
  }
  const status = refusal.refusal === 'unwritten' ? 416 : 412
  return { status, code: undefined, body: errorBodyToJson(bodyOf(refusal)) }
}

function bodyOf(refusal: Exclude<Refusal, { refusal: 'error' }>): ErrorBody {
  return refusal.refusal === 'unwritten'
    ? { kind: 'unwritten', tail: refusal.tail }
    : refusal.refusal === 'seq-num-mismatch'
      ? { kind: 'seq-num-mismatch', actual: refusal.actual }
      : { kind: 'fencing-token-mismatch', actual: refusal.actual }
}

/** The body of an answer to a PATCH of a stream (CP-STR-060). */
export const configToJson = (config: ResolvedStreamConfig): string =>
  stringifyJson({
    storage_class: config.storageClass,
    retention_policy: 'infinite' in config.retention ? { infinite: {} } : { age: config.retention.age },
    timestamping: { mode: config.timestampingMode, uncapped: config.timestampingUncapped },
    delete_on_empty: { min_age_secs: config.deleteOnEmptyMinAge },
  })
