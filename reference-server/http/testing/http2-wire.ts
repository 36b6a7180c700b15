/*
 * HTTP/2 at the level of its frames: what no library would send, and as much of what comes back as a test must know. The
 * client's SETTINGS forbid the server a dynamic table, so that a header block can be read without a history.
 */

import { HTTP2_ERRORS } from '../../../proto/http2-errors.ts'

export const TYPE = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

export const FLAG = { ack: 1, endStream: 1, endHeaders: 4, padded: 8, priority: 32 } as const

/** `length` is what the frame says of itself, where that is not the truth. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = NOTHING,
  length: number = payload.length,
): Uint8Array {
  const head = Buffer.alloc(9)
  head.writeUIntBE(length & 0xffffff, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream >>> 0, 5)
  return Buffer.concat([head, payload])
}

export function settings(values: readonly (readonly [id: number, value: number])[]): Uint8Array {
  const payload = Buffer.alloc(6 * values.length)
  for (const [index, [id, value]] of values.entries()) {
    payload.writeUInt16BE(id, 6 * index)
    payload.writeUInt32BE(value >>> 0, 6 * index + 2)
  }
  return frame(TYPE.settings, 0, 0, payload)
}

export const SETTING = { headerTableSize: 1, enablePush: 2, initialWindowSize: 4 } as const

/** The preface and settings that every connection begins with; `window` is what each answer may send unasked. */
export function opening(window = 65_535): Uint8Array {
  const first = settings([
    [SETTING.headerTableSize, 0],
    [SETTING.enablePush, 0],
    [SETTING.initialWindowSize, window],
  ])
  return Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), first])
}

/** A header block of literals that are not indexed and not Huffman-coded. */
export function literals(fields: readonly (readonly [name: string, value: string])[]): Uint8Array {
  return Buffer.concat(
    fields.flatMap(([name, value]) => [Buffer.of(0), hpackString(name), hpackString(value)]),
  )
}

export function hpackString(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'latin1')
  return Buffer.concat([hpackInteger(bytes.length, 7, 0), bytes])
}

/** An integer of HPACK behind the `high` bits of its first byte, of which it has `bits` for itself. */
export function hpackInteger(value: number, bits: number, high: number): Uint8Array {
  const most = 2 ** bits - 1
  if (value < most) return Buffer.of(high | value)
  const bytes = [high | most]
  let rest = value - most
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Buffer.from([...bytes, rest])
}

export interface ReceivedFrame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Uint8Array
}

/** The whole frames at the beginning of these bytes, and how many bytes they are. */
export function framesIn(bytes: Buffer): { readonly frames: readonly ReceivedFrame[]; readonly end: number } {
  const frames: ReceivedFrame[] = []
  let at = 0
  while (at + 9 <= bytes.length) {
    const end = at + 9 + bytes.readUIntBE(at, 3)
    if (end > bytes.length) break
    frames.push({
      type: bytes[at + 3] ?? 0,
      flags: bytes[at + 4] ?? 0,
      stream: bytes.readUInt32BE(at + 5) & 0x7fffffff,
      payload: bytes.subarray(at + 9, end),
    })
    at = end
  }
  return { frames, end: at }
}

/** The `:status` of a header block that was written without a dynamic table; undefined if the block has none. */
export function statusOf({ payload }: ReceivedFrame): number | undefined {
  let at = 0
  // Updates of the table's size come before the first field.
  while (((payload[at] ?? 0) & 0xe0) === 0x20) at++
  const first = payload[at] ?? 0
  if (first >= 0x80) return INDEXED[first & 0x7f]
  const isStatus = STATUS_NAMES.has(first)
  if (!isStatus) return undefined
  const length = payload[at + 1] ?? 0
  const value = payload.subarray(at + 2, at + 2 + (length & 0x7f))
  return Number(length < 0x80 ? Buffer.from(value).toString('latin1') : huffmanDigits(value))
}

export function errorCodeOf({ type, payload }: ReceivedFrame): string {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  const code = view.getUint32(type === TYPE.goaway ? 4 : 0)
  return HTTP2_ERRORS[code] ?? `error ${code}`
}

const NOTHING = new Uint8Array()

const INDEXED: Readonly<Record<number, number>> = {
  8: 200,
  9: 204,
  10: 206,
  11: 304,
  12: 400,
  13: 404,
  14: 500,
}

/** Literals with the name `:status` (8 to 14 in the static table), with, without and never with indexing. */
const STATUS_NAMES: ReadonlySet<number> = new Set(
  [8, 9, 10, 11, 12, 13, 14].flatMap((index) => [index | 0x40, index, index | 0x10]),
)

/** 0, 1 and 2 have five bits in HPACK's code, the other digits six; what is left of the last byte are ones. */
function huffmanDigits(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  let text = ''
  for (let at = 0; at + 5 <= bits.length; ) {
    const short = Number.parseInt(bits.slice(at, at + 5), 2)
    if (short < 3) {
      text += short
      at += 5
      continue
    }
    const long = Number.parseInt(bits.slice(at, at + 6), 2) - 0x19
    if (long < 0 || long > 6) break
    text += long + 3
    at += 6
  }
  return text
}
