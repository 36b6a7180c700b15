import { HEAD_BYTES } from '../../proto/frames.ts'
import { Cursor } from './cursor.ts'

/** An encoded batch as the JSON that says the same, its bytes in base64. */
export function jsonOf(encoded: Buffer): string {
  const cursor = new Cursor(encoded)
  cursor.at = HEAD_BYTES
  const records: string[] = []
  while (cursor.at < encoded.length) {
    cursor.varint()
    records.push(recordOf(cursor, cursor.bytesEnd()))
  }
  return `{"records":[${records.join()}]}`
}

function recordOf(cursor: Cursor, end: number): string {
  const headers: string[] = []
  let body = ''
  while (cursor.at < end) {
    const tag = cursor.varint()
    const fieldEnd = cursor.bytesEnd()
    if (tag === BODY) body = base64(cursor, fieldEnd)
    else headers.push(headerOf(cursor, fieldEnd))
  }
  return headers.length === 0 ? `{"body":"${body}"}` : `{"headers":[${headers.join()}],"body":"${body}"}`
}

function headerOf(cursor: Cursor, end: number): string {
  const parts: string[] = []
  while (cursor.at < end) {
    cursor.varint()
    parts.push(`"${base64(cursor, cursor.bytesEnd())}"`)
  }
  return `[${parts.join()}]`
}

function base64(cursor: Cursor, end: number): string {
  const text = cursor.bytes.toString('base64', cursor.at, end)
  cursor.at = end
  return text
}

const BODY = 0x1a
