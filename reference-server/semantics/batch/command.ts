import type { AppendRecord, SeqNum } from '../../../proto/types.ts'
import { invalid, isRefusal, type Refusal } from '../refusal.ts'
import { type FencingToken, parseFencingToken } from './fencing-token.ts'

/** What a command record asks of the stream it is appended to. */
export type Command =
  | { readonly command: 'fence'; readonly token: FencingToken }
  | { readonly command: 'trim'; readonly upTo: SeqNum }

/** An ordinary record. */
export interface NoCommand {
  readonly command: 'none'
}

/**
 * A record is a command if its only header has the empty name; the value names it and the body is the argument
 * (CMD-001). Refused, all as `invalid`: an empty header name anywhere else (REC-008, CMD-011), an unknown command
 * (REC-009, CMD-027), a fence that is no token (CMD-003), a trim that is not 8 bytes (CMD-005).
 */
export function parseCommand({ headers, body }: AppendRecord): Command | NoCommand | Refusal {
  const [only, ...others] = headers
  if (only === undefined || headers.every(({ name }) => name.length > 0)) return { command: 'none' }
  if (others.length > 0)
    return invalid('an empty header name is only allowed as the single header of a command record')
  switch (utf8(only.value)) {
    case 'fence':
      return parseFence(body)
    case 'trim':
      return parseTrim(body)
    default:
      return invalid('unknown command; the commands are fence and trim')
  }
}

/** Of a record that was admitted: whether it is a command (CMD-001). */
export const isCommand = ({ headers }: Pick<AppendRecord, 'headers'>): boolean =>
  headers[0] !== undefined && headers[0].name.length === 0

function parseFence(body: Uint8Array): Command | Refusal {
  const text = utf8(body)
  if (text === undefined) return invalid('the body of a fence must be UTF-8')
  const parsed = parseFencingToken(text)
  return isRefusal(parsed) ? parsed : { command: 'fence', token: parsed.token }
}

/** The first sequence number to keep, as 8 big-endian bytes (CMD-004). */
function parseTrim(body: Uint8Array): Command | Refusal {
  if (body.length !== 8) return invalid(`the body of a trim must have 8 bytes, this one has ${body.length}`)
  const upTo = new DataView(body.buffer, body.byteOffset, 8).getBigUint64(0)
  return { command: 'trim', upTo }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
