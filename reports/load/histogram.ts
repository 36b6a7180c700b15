import { inflateSync } from 'node:zlib'
import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js'

/** What every histogram of a load has: 1 µs to one hour, three significant digits. */
const LOWEST_US = 1n
const HIGHEST_US = 3_600_000_000n
const DIGITS = 3

/** Its counts, each in up to nine bytes, and its head. */
const MOST_BYTES = 1 << 18

/**
 * The histogram that this text holds: HdrHistogram, V2, compressed, base64; unit 1 µs. Throws an `Error` that says why it
 * holds none; what is compressed is never inflated to more than a histogram needs.
 */
export function decodeHistogram(base64: string): JsHistogram {
  const compressed = Buffer.from(base64, 'base64')
  if (compressed.toString('base64') !== base64) throw new Error('it is not base64')
  const head = inflated(compressed.subarray(8))
  const isOurs =
    head.length >= 40 &&
    head.readInt32BE(12) === DIGITS &&
    head.readBigInt64BE(16) === LOWEST_US &&
    head.readBigInt64BE(24) === HIGHEST_US
  if (!isOurs) throw new Error('it is not one of 1 µs to one hour in three digits')
  const histogram = decodeFromCompressedBase64(base64, 64)
  if (!(histogram instanceof JsHistogram)) throw new Error('it is not as HdrHistogram encodes it')
  return histogram
}

function inflated(compressed: Buffer): Buffer {
  try {
    return inflateSync(compressed, { maxOutputLength: MOST_BYTES })
  } catch {
    throw new Error('it cannot be inflated to a histogram')
  }
}
