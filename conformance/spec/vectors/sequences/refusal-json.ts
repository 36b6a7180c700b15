import { ERROR_CODES } from '../../../../proto/error-codes.ts'
import type { Refusal } from '../../../../reference-server/semantics/refusal.ts'
import { timeOf, timeToJson } from './times.ts'

/** Returns status and body of a refusal. Messages are for people, and left out (ERR-045). */
export function refusalToJson(refusal: Refusal): { readonly status: number; readonly body: object } {
  switch (refusal.refusal) {
    case 'error':
      return { status: ERROR_CODES[refusal.code].status, body: { code: refusal.code } }
    case 'seq-num-mismatch':
      return { status: 412, body: { seq_num_mismatch: refusal.actual } }
    case 'fencing-token-mismatch':
      return { status: 412, body: { fencing_token_mismatch: refusal.actual } }
    case 'unwritten': {
      const { seqNum, timestamp } = refusal.tail
      return {
        status: 416,
        body: { tail: { seq_num: seqNum, timestamp: timeToJson(timeOf(timestamp)) } },
      }
    }
  }
}
