import type { AppendRecord } from '../../proto/types.ts'
import { viewOf } from '../store/bytes.ts'
import { lengthOfHeaders, readHeaders, writeHeaders } from '../store/stored-headers.ts'

/* What of a record is enciphered: the number of its headers (4 bytes), the headers, and the body. */

export type Content = Pick<AppendRecord, 'headers' | 'body'>

export function encodeContent({ headers, body }: Content): Uint8Array {
  const bytes = new Uint8Array(4 + lengthOfHeaders(headers) + body.length)
  const view = viewOf(bytes)
  view.setUint32(0, headers.length)
  bytes.set(body, writeHeaders(bytes, view, 4, headers))
  return bytes
}

/** Of what `encodeContent` wrote, whose memory the content shares. */
export function decodeContent(bytes: Uint8Array): Content {
  const view = viewOf(bytes)
  const { headers, end } = readHeaders(bytes, view, 4, view.getUint32(0))
  return { headers, body: bytes.subarray(end) }
}
