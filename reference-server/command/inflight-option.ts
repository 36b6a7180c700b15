import { UsageError } from '../../kit/usage-error.ts'
import { MAX_METERED_BYTES } from '../../proto/limits.ts'
import { DEFAULT_BOUNDS } from '../http/flow-control/bounds.ts'

/**
 * The bytes that `--append-inflight-bytes` says; never below the size of the largest batch, as in s2-lite (CP-LIM-024).
 * Throws `UsageError`.
 */
export function parseAppendsInFlight(text: string | undefined): number {
  if (text === undefined) return DEFAULT_BOUNDS.appendsInFlight
  const [, digits = '', unit = ''] = /^(\d{1,15}) ?(B|[KMG]i?B)?$/i.exec(text) ?? []
  if (digits === '') {
    throw new UsageError(`--append-inflight-bytes is a size such as 134217728 or 128MiB, not "${text}"`)
  }
  const base = /i/i.test(unit) ? 1024 : 1000
  const exponent = 'BKMG'.indexOf(unit.charAt(0).toUpperCase())
  return Math.max(Number(digits) * base ** exponent, Number(MAX_METERED_BYTES))
}
