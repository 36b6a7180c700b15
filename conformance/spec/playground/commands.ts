import { encodeBase64 } from '../../../proto/base64.ts'
import type { SeqNum } from '../../../proto/types.ts'
import type { AppendRequest, TextRecord } from './request.ts'

type Conditions = Pick<AppendRequest, 'matchSeqNum' | 'fencingToken'>

/** An append of a command that sets the fencing token; the empty token clears it. */
export const fenceRequest = (token: string, conditions: Conditions = {}): AppendRequest => ({
  kind: 'append',
  format: 'raw',
  records: [{ headers: [['', 'fence']], body: token }],
  ...conditions,
})

/** An append of a command that trims below a sequence number. In base64, since not all numbers are UTF-8 (CMD-006). */
export function trimRequest(upTo: SeqNum, conditions: Conditions = {}): AppendRequest {
  const body = new Uint8Array(8)
  new DataView(body.buffer).setBigUint64(0, upTo)
  const record: TextRecord = { headers: [['', TRIM]], body: encodeBase64(body) }
  return { kind: 'append', format: 'base64', records: [record], ...conditions }
}

const TRIM = encodeBase64(new TextEncoder().encode('trim'))
