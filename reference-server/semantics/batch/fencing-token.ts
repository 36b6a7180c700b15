import { MAX_FENCING_TOKEN_BYTES } from '../../../proto/limits.ts'
import { invalid, type Refusal } from '../refusal.ts'

declare const checked: unique symbol

/** Up to 36 bytes of UTF-8, compared byte by byte, never normalised (CMD-002, CMD-030). */
export type FencingToken = string & { readonly [checked]: 'fencing-token' }

/** The token of a stream that was never fenced, or whose fence was cleared (APP-017). */
export const NO_FENCE: FencingToken = '' as FencingToken

/** Refused above 36 bytes: `invalid` (REC-016, CMD-003). */
export function parseFencingToken(text: string): { readonly token: FencingToken } | Refusal {
  const length = new TextEncoder().encode(text).length
  if (length > MAX_FENCING_TOKEN_BYTES) {
    return invalid(
      `a fencing token has at most ${MAX_FENCING_TOKEN_BYTES} bytes of UTF-8, this one has ${length}`,
    )
  }
  return { token: text as FencingToken }
}
