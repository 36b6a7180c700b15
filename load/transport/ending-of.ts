import { ERROR_CODES, isErrorCode } from '../../proto/error-codes.ts'
import type { Ending } from './appender.ts'

/** What a refusal, the answer of a unary append or the last frame of a session, says of the append that it answers. */
export function endingOf(status: number, text: string): Ending {
  const code = codeOf(text)
  const mayHaveHappened = isErrorCode(code) ? ERROR_CODES[code].sideEffects : status >= 500
  return mayHaveHappened ? { kind: 'unknown', why: `${status} ${code}` } : { kind: 'refused', status, code }
}

function codeOf(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string') {
      return value.code
    }
  } catch {
    // What is no JSON has no code.
  }
  return 'without a code'
}
