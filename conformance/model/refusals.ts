import type { Answer } from '../../client/answer.ts'
import { deepEqual } from '../../kit/deep-equal.ts'
import { ERROR_CODES } from '../../proto/error-codes.ts'
import type { Refusal } from '../../reference-server/semantics/refusal.ts'

/** Status, and code or actual value: what a refusal is bound to. */
export function isRefusedAs({ status, error }: Answer<unknown>, refusal: Refusal): boolean {
  switch (refusal.refusal) {
    case 'error':
      return status === ERROR_CODES[refusal.code].status && error?.code === refusal.code
    case 'seq-num-mismatch':
      return status === 412 && error?.seq_num_mismatch === refusal.actual
    case 'fencing-token-mismatch':
      return status === 412 && error?.fencing_token_mismatch === refusal.actual
    case 'unwritten':
      return status === 416 && deepEqual(error?.tail, refusal.tail)
  }
}

/** As it is shown beside what came. */
export function showRefusal(refusal: Refusal): unknown {
  switch (refusal.refusal) {
    case 'error':
      return { status: ERROR_CODES[refusal.code].status, code: refusal.code }
    case 'seq-num-mismatch':
      return { status: 412, seq_num_mismatch: refusal.actual }
    case 'fencing-token-mismatch':
      return { status: 412, fencing_token_mismatch: refusal.actual }
    case 'unwritten':
      return { status: 416, tail: refusal.tail }
  }
}

/** What came, in the same form; `value` says what is worth showing of a success. */
export function showAnswer<Value>(answer: Answer<Value>, value: (value: Value) => unknown): unknown {
  const { status, error } = answer
  if (error?.code !== undefined) return { status, code: error.code }
  if (error?.json !== undefined) return { status, ...error.json }
  return answer.value === undefined ? { status } : { status, ...Object(value(answer.value)) }
}
