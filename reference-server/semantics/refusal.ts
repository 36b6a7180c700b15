import type { ErrorCode } from '../../proto/error-codes.ts'
import type { Position, SeqNum } from '../../proto/types.ts'

/**
 * Why a request has no effect. The first is the usual error body; the others carry the actual value (ERR-029, ERR-030). Which
 * status each code has stands in `proto/error-codes.ts`.
 *
 * A rule gives its outcome or a refusal, told apart by `isRefusal`, for which an outcome is an object: a rule that gives one
 * text or number wraps it, as in `{ token }`. What is wrong with a name is no refusal yet but `Misnamed`: which code it gets
 * depends on where the name stood.
 */
export type Refusal =
  | {
      readonly refusal: 'error'
      readonly code: ErrorCode
      readonly message: string
      /** Milliseconds after which the same request may be let in (CP-RT-045). */
      readonly retryAfter?: number
    }
  | { readonly refusal: 'seq-num-mismatch'; readonly actual: SeqNum }
  | { readonly refusal: 'fencing-token-mismatch'; readonly actual: string }
  | { readonly refusal: 'unwritten'; readonly tail: Position }

/** A refusal with one of S2's error codes. The message is for people and never part of the contract (ERR-045). */
export const refuse = (code: ErrorCode, message: string): Refusal => ({ refusal: 'error', code, message })

/** A refusal that passes by itself. */
export const refuseForNow = (code: ErrorCode, message: string, retryAfter: number): Refusal => ({
  refusal: 'error',
  code,
  message,
  retryAfter,
})

/** Well-formed, but not allowed: 422 `invalid`. */
export const invalid = (message: string): Refusal => refuse('invalid', message)

export function isRefusal<Outcome extends object>(outcome: Outcome | Refusal): outcome is Refusal {
  return 'refusal' in outcome
}
