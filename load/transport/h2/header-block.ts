import { DEFAULT_TABLE, ERROR } from './frame.ts'
import { Http2Error } from './frame-reader.ts'

/**
 * HPACK (RFC 7541) without a dynamic table: requests are written as literals that nobody keeps, and since the other side is
 * told that its table holds nothing, of an answer only the first field has to be read, which is its status.
 */

type Fields = Readonly<Record<string, string>>

export interface RequestHead {
  readonly method: 'GET' | 'POST'
  readonly scheme: 'http' | 'https'
  readonly authority: string
  readonly path: string
  readonly headers: Fields
}

const METHODS = { GET: 0x82, POST: 0x83 } as const
const SCHEMES = { http: 0x86, https: 0x87 } as const
const [AUTHORITY, PATH] = [1, 4] as const
/** In the static table `:status` stands from here on, with these values. */
const STATUS = 8
const STATUSES = [200, 204, 206, 304, 400, 404, 500] as const

export function encodeHead({ method, scheme, authority, path, headers }: RequestHead): Buffer {
  return Buffer.concat([
    Buffer.from([METHODS[method], SCHEMES[scheme], AUTHORITY]),
    text(authority),
    Buffer.from([PATH]),
    text(path),
    ...Object.entries(headers).flatMap(([name, value]) => [
      Buffer.from([0]),
      text(name.toLowerCase()),
      text(value),
    ]),
  ])
}

/** The same, of which it is said first that the table holds nothing from now on: a size of 0. */
export const withoutTable = (head: Buffer): Buffer => Buffer.concat([NO_TABLE, head])

const NO_TABLE = Buffer.from([0x20])

/** As it is, without Huffman's code. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'latin1')
  return Buffer.concat([integer(bytes.length, 7), bytes])
}

/** With a prefix of so many bits whose first bits are 0. */
function integer(value: number, bits: number): Buffer {
  const most = 2 ** bits - 1
  if (value < most) return Buffer.from([value])
  const bytes = [most]
  let left = value - most
  for (; left >= 0x80; left >>>= 7) bytes.push((left & 0x7f) | 0x80)
  return Buffer.from([...bytes, left])
}

const noStatus = (): Http2Error =>
  new Http2Error('the target sent an answer that does not begin with its status')
const compressionError = (message: string): Http2Error => new Http2Error(message, ERROR.compression)

/** Neither `:status` nor a status is as long as this, in Huffman's code or not. */
const MOST_TEXT_BYTES = 16
/** Of the last byte of a number: greater ones are not needed for a block of 64 KiB. */
const MOST_SCALE = 128 ** 3

/** Throws `Http2Error` for a block that does not begin with a status. */
export function statusOf(block: Buffer): number {
  const reader = new Reader(block)
  reader.tableSizes()
  const first = reader.peek()
  if ((first & 0x80) !== 0) {
    const status = STATUSES[reader.integer(7) - STATUS]
    if (status === undefined) throw noStatus()
    return status
  }
  const index = reader.integer((first & 0x40) === 0 ? 4 : 6)
  const isStatus = index === 0 ? reader.text() === ':status' : STATUSES[index - STATUS] !== undefined
  const status = Number(isStatus ? reader.text() : '')
  if (!(status >= 100 && status <= 999)) throw noStatus()
  return status
}

/** Fields of the static table up to here are pseudo-header fields. */
const PSEUDO_FIELDS = 14

/**
 * Throws `Http2Error` for trailers that begin with a pseudo-header field, or with a table larger than is allowed. Other
 * fields are not read: the table is empty, so no later block depends on them.
 */
export function checkTrailers(block: Buffer): void {
  if (block.length === 0) return
  const reader = new Reader(block)
  reader.tableSizes()
  const first = reader.peek()
  const index = reader.integer((first & 0x80) !== 0 ? 7 : (first & 0x40) !== 0 ? 6 : 4)
  if (index === 0 ? reader.startsWithColon() : index <= PSEUDO_FIELDS)
    throw new Http2Error('the target sent trailers with a pseudo-header field')
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  peek(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw compressionError('the target sent a header block that ends inside a field')
    return byte
  }

  /** Goes past the sizes of a table, of which a block begins with two at most: RFC 7541, section 4.2. */
  tableSizes(): void {
    for (let count = 0; (this.peek() & 0xe0) === 0x20; count++) {
      const size = this.integer(5)
      // Until the target has taken our settings, its table is as large as both begin with.
      if (size > DEFAULT_TABLE)
        throw compressionError(
          `the target began a table of ${size} bytes for heads, which is larger than is allowed`,
        )
      if (count === 2) throw compressionError('the target sent more than two sizes of a table for heads')
    }
  }

  integer(bits: number): number {
    const most = 2 ** bits - 1
    let value = this.#byte() & most
    if (value < most) return value
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (scale > MOST_SCALE) throw compressionError('the target sent too large a number in a header block')
      if (byte < 0x80) return value
    }
  }

  /** Of what is coded by Huffman only digits and `:status` are known. */
  text(): string {
    const isCoded = (this.peek() & 0x80) !== 0
    const length = this.integer(7)
    if (length > MOST_TEXT_BYTES) throw noStatus()
    const bytes = this.#bytes.subarray(this.#at, this.#at + length)
    if (bytes.length < length)
      throw compressionError('the target sent a header block that ends inside a field')
    this.#at += length
    return isCoded ? decoded(bytes) : bytes.toString('latin1')
  }

  /** Whether the text that follows begins with a colon, in Huffman's code or not. */
  startsWithColon(): boolean {
    const isCoded = (this.peek() & 0x80) !== 0
    if (this.integer(7) === 0) return false
    // The code of a colon is 1011100; what follows begins in the last bit.
    return isCoded ? this.peek() >>> 1 === 0b1011100 : this.peek() === 0x3a
  }

  #byte(): number {
    const byte = this.peek()
    this.#at += 1
    return byte
  }
}

/** Appendix B of RFC 7541, as far as it is needed here. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['00000', '0'],
  ['00001', '1'],
  ['00010', '2'],
  ['011001', '3'],
  ['011010', '4'],
  ['011011', '5'],
  ['011100', '6'],
  ['011101', '7'],
  ['011110', '8'],
  ['011111', '9'],
  ['1011100', ':'],
  ['01000', 's'],
  ['01001', 't'],
  ['00011', 'a'],
  ['101101', 'u'],
])

function decoded(bytes: Buffer): string {
  let [value, code] = ['', '']
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code += (byte >>> bit) & 1
      const letter = CODES.get(code)
      if (letter === undefined) continue
      value += letter
      code = ''
    }
  }
  // What is left is padding, the beginning of a code of ones.
  if (!/^1{0,7}$/.test(code)) throw noStatus()
  return value
}
