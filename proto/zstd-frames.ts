import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { joinPieces } from './pieces.ts'

/*
 * What is in zstd may be many frames, one behind the other (RFC 8878, 3.1). `node:zlib` decodes the first, and says how far
 * it got.
 */

/** Each frame is a call, and an empty one takes nine bytes: whoever sends more of them means no good. */
const MAX_FRAMES = 1024

interface Limit {
  /** In bytes, of all frames together. */
  readonly maxOutputLength: number
}

const decodeFrame = promisify<Uint8Array, object, unknown>(zlib.zstdDecompress)

/** Rejects with a `RangeError` for more than the limit, and with an `Error` for what is no zstd to its last byte. */
export async function decodeFrames(payload: Uint8Array, { maxOutputLength }: Limit): Promise<Uint8Array> {
  const frames = split(payload, maxOutputLength)
  for (let frame: Frame | undefined = frames.first; frame !== undefined; )
    frame = frames.next(await decodeFrame(frame.bytes, frame.options))
  return frames.decoded()
}

/** As `decodeFrames`, on the calling thread. */
export function decodeFramesSync(payload: Uint8Array, { maxOutputLength }: Limit): Uint8Array {
  const frames = split(payload, maxOutputLength)
  for (let frame: Frame | undefined = frames.first; frame !== undefined; )
    frame = frames.next(zlib.zstdDecompressSync(frame.bytes, frame.options))
  return frames.decoded()
}

/** The bytes from a frame on, and how to decode it. */
interface Frame {
  readonly bytes: Uint8Array
  readonly options: { readonly maxOutputLength: number; readonly info: true }
}

function split(payload: Uint8Array, limit: number) {
  const parts: Uint8Array[] = []
  let rest = payload
  let left = limit
  const frame = (): Frame => ({ bytes: rest, options: { maxOutputLength: Math.max(1, left), info: true } })
  return {
    first: frame(),
    /** Takes what a frame decoded to; undefined when it was the last. */
    next(result: unknown): Frame | undefined {
      const { buffer, length } = parse(result)
      parts.push(buffer)
      left -= buffer.length
      if (left < 0) throw new RangeError(`more than ${limit} bytes`)
      rest = rest.subarray(length)
      if (rest.length === 0) return undefined
      if (parts.length === MAX_FRAMES) throw new Error(`more than ${MAX_FRAMES} frames`)
      return frame()
    },
    decoded: () => joinPieces(parts),
  }
}

/** As `node:zlib` answers with `info`: `bytesWritten` counts what the decoder took. */
function parse(result: unknown): { readonly buffer: Uint8Array; readonly length: number } {
  const { buffer, engine }: { readonly buffer?: unknown; readonly engine?: unknown } = Object(result)
  const { bytesWritten }: { readonly bytesWritten?: unknown } = Object(engine)
  if (!(buffer instanceof Uint8Array) || typeof bytesWritten !== 'number' || bytesWritten === 0)
    throw new Error('zstd did not say how far it got')
  return { buffer, length: bytesWritten }
}
