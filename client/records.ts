import type { AppendInput, AppendRecord, Header } from '../proto/types.ts'

const encoder = new TextEncoder()

/** The UTF-8 bytes of a string. */
export const bytes = (text: string): Uint8Array => encoder.encode(text)

export interface RecordParts {
  readonly headers?: readonly (readonly [name: string | Uint8Array, value: string | Uint8Array])[]
  readonly timestamp?: bigint
}

/** A record from text or bytes, without headers or timestamp unless given. */
export function record(body: string | Uint8Array = '', parts: RecordParts = {}): AppendRecord {
  const headers: Header[] = (parts.headers ?? []).map(([name, value]) => ({
    name: asBytes(name),
    value: asBytes(value),
  }))
  const plain = { headers, body: asBytes(body) }
  return parts.timestamp === undefined ? plain : { timestamp: parts.timestamp, ...plain }
}

/** A batch of plain records with these bodies. */
export const batch = (...bodies: readonly string[]): AppendInput => ({
  records: bodies.map((body) => record(body)),
})

/** The command record that sets the fencing token (CMD-002). */
export const fence = (token: string, timestamp?: bigint): AppendRecord =>
  command('fence', bytes(token), timestamp)

/** The command record that trims everything below `seqNum` (CMD-004). */
export function trim(seqNum: bigint, timestamp?: bigint): AppendRecord {
  const body = new Uint8Array(8)
  new DataView(body.buffer).setBigUint64(0, seqNum)
  return command('trim', body, timestamp)
}

/** A record whose only header has the empty name. */
export function command(name: string, body: Uint8Array, timestamp?: bigint): AppendRecord {
  return record(body, { headers: [['', name]], ...(timestamp === undefined ? {} : { timestamp }) })
}

const asBytes = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? bytes(text) : text)
