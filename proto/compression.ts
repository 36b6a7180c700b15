import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { MAX_FRAME_PAYLOAD_BYTES, MIN_COMPRESSED_BYTES } from './limits.ts'
import { WireError } from './wire-error.ts'
import { decodeFrames, decodeFramesSync } from './zstd-frames.ts'

export type Compression = 'none' | 'zstd' | 'gzip'

export interface CompressedPayload {
  readonly payload: Uint8Array
  readonly compression: Compression
}

/**
 * What the receiver of these `Accept-Encoding` values may be sent: zstd if it stands anywhere, else gzip, else
 * none. Weights are not looked at, as in s2-lite, and `*` selects nothing (S2S-004).
 */
export function negotiateCompression(acceptEncoding: string | readonly string[] | undefined): Compression {
  const lines = typeof acceptEncoding === 'string' ? [acceptEncoding] : (acceptEncoding ?? [])
  const names = lines
    .flatMap((line) => line.split(','))
    .map((entry) => entry.replace(/;.*/s, '').trim().toLowerCase())
  if (names.includes('zstd')) return 'zstd'
  return names.includes('gzip') ? 'gzip' : 'none'
}

/**
 * Payloads below 1 KiB stay as they are; larger ones are compressed even where that does not pay (S2S-010), unless
 * they would outgrow a frame that they fit into now.
 */
export async function compress(payload: Uint8Array, compression: Compression): Promise<CompressedPayload> {
  if (compression === 'none' || payload.length < MIN_COMPRESSED_BYTES) return { payload, compression: 'none' }
  return ifItFits(plain(await COMPRESS[compression](payload)), compression, payload)
}

/** As `compress`, on the calling thread: for tests and clients, where one payload at a time is under way. */
export function compressSync(payload: Uint8Array, compression: Compression): CompressedPayload {
  if (compression === 'none' || payload.length < MIN_COMPRESSED_BYTES) return { payload, compression: 'none' }
  return ifItFits(plain(COMPRESS_SYNC[compression](payload)), compression, payload)
}

/**
 * Any of the three, of any size, whatever was negotiated (S2S-011). Throws `WireError` 'bad_frame' for data that
 * does not decompress, and, before the memory is taken, for more than `limit` bytes of it (S2S-015).
 */
export async function decompress(
  { payload, compression }: CompressedPayload,
  limit: number = MAX_FRAME_PAYLOAD_BYTES,
): Promise<Uint8Array> {
  if (compression === 'none') return withinLimit(payload, limit)
  try {
    return plain(await DECOMPRESS[compression](payload, { maxOutputLength: limit }))
  } catch (cause) {
    throw undecodable(compression, limit, cause)
  }
}

/** As `decompress`, on the calling thread. */
export function decompressSync(
  { payload, compression }: CompressedPayload,
  limit: number = MAX_FRAME_PAYLOAD_BYTES,
): Uint8Array {
  if (compression === 'none') return withinLimit(payload, limit)
  try {
    return plain(DECOMPRESS_SYNC[compression](payload, { maxOutputLength: limit }))
  } catch (cause) {
    throw undecodable(compression, limit, cause)
  }
}

const COMPRESS = { zstd: promisify(zlib.zstdCompress), gzip: promisify(zlib.gzip) }
const COMPRESS_SYNC = { zstd: zlib.zstdCompressSync, gzip: zlib.gzipSync }
const DECOMPRESS = {
  zstd: decodeFrames,
  gzip: promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip),
}
const DECOMPRESS_SYNC = { zstd: decodeFramesSync, gzip: zlib.gunzipSync }

function ifItFits(packed: Uint8Array, compression: Compression, payload: Uint8Array): CompressedPayload {
  if (packed.length > MAX_FRAME_PAYLOAD_BYTES) return { payload, compression: 'none' }
  return { payload: packed, compression }
}

function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

function withinLimit(payload: Uint8Array, limit: number): Uint8Array {
  if (payload.length <= limit) return payload
  throw new WireError('bad_frame', `a payload of ${payload.length} bytes exceeds the limit of ${limit}`)
}

function undecodable(compression: Compression, limit: number, cause: unknown): WireError {
  const tooLong = cause instanceof RangeError
  const why = tooLong ? `exceeds ${limit} bytes when decompressed` : 'does not decompress'
  return new WireError('bad_frame', `the ${compression} payload ${why}`, { cause })
}
