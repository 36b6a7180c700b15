import * as zlib from 'node:zlib'
import { ConformanceFailure } from '../../client/failures.ts'
import { watched } from '../../client/watch.ts'
import { showBytes } from '../../kit/show.ts'
import { decodeAppendAck, decodeReadBatch, encodeAppendInput } from '../../proto/messages.ts'
import type { AppendAck, AppendInput, ReadBatch } from '../../proto/types.ts'
import { WireError } from '../../proto/wire-error.ts'

/*
 * Frames as bytes, cut and put together here by hand, so that the client's own codec is not the judge of the
 * layout (S2S-005 to S2S-008).
 */

/** A frame as it stood on the wire. */
export interface SeenFrame {
  readonly flags: number
  readonly body: Uint8Array
}

export const TERMINAL = 0x80
export const COMPRESSION = 0x60
export const ZSTD = 0x20
export const GZIP = 0x40
/** Set by a server that will end soon, on any frame but the terminal one (S2S-012). */
export const RECONNECT_ADVISED = 0x10

/** Three bytes of length, which count the flag byte and the body; then those two. */
export function frame(body: Uint8Array, flags: number = 0): Uint8Array {
  const length = body.length + 1
  return concat(Uint8Array.of(length >> 16, length >> 8, length, flags), body)
}

export const inputFrame = (input: AppendInput): Uint8Array => frame(encodeAppendInput(input))

/** Batches one behind the other, to be sent in one piece. */
export const inputFrames = (...inputs: readonly AppendInput[]): Uint8Array =>
  concat(...inputs.map(inputFrame))

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** Every frame of a session's whole body; throws a finding when the lengths do not add up to it. */
export function splitFrames(body: Uint8Array): readonly SeenFrame[] {
  const frames: SeenFrame[] = []
  for (let offset = 0; offset < body.length; ) {
    const [high = 0, middle = 0, low = 0, flags] = body.subarray(offset, offset + 4)
    const length = (high << 16) | (middle << 8) | low
    const end = offset + 3 + length
    if (flags === undefined || length === 0 || end > body.length) {
      throw finding(
        'the session body',
        'frames to its last byte',
        `${showBytes(body.subarray(offset))} at ${offset}`,
      )
    }
    frames.push({ flags, body: body.slice(offset + 4, end) })
    offset = end
  }
  return watched(frames, 'frames')
}

/** The protobuf message of a regular frame, decompressed as its flag byte says. */
export function messageOf({ flags, body }: SeenFrame): Uint8Array {
  if ((flags & TERMINAL) !== 0)
    throw finding('a frame', 'a regular one', `flags ${flags}, ${showBytes(body)}`)
  const compression = flags & COMPRESSION
  if (compression === 0) return body
  if (compression === COMPRESSION)
    throw finding('a frame', 'compression none, zstd or gzip', `flags ${flags}`)
  const message = decompressed(body, compression === ZSTD ? zlib.zstdDecompressSync : zlib.gunzipSync)
  if (message === undefined) {
    throw finding('a frame', 'a payload that decompresses', `flags ${flags}, ${showBytes(body)}`)
  }
  return message
}

/** As zlib tells it with `info`. */
interface Decompressed {
  readonly buffer?: unknown
  readonly engine?: { readonly bytesWritten?: unknown }
}

/** Undefined too where bytes follow, which the decoders leave unread. */
function decompressed(
  body: Uint8Array,
  decompress: (body: Uint8Array, options: { readonly info: true }) => unknown,
): Uint8Array | undefined {
  try {
    const { buffer, engine }: Decompressed = Object(decompress(body, { info: true }))
    return buffer instanceof Uint8Array && engine?.bytesWritten === body.length ? buffer : undefined
  } catch {
    return undefined
  }
}

export const ackOf = (seen: SeenFrame): AppendAck => decoded('an AppendAck', messageOf(seen), decodeAppendAck)

export const batchOf = (seen: SeenFrame): ReadBatch =>
  decoded('a ReadBatch', messageOf(seen), decodeReadBatch)

function decoded<Message>(what: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => Message): Message {
  try {
    return watched(decode(bytes), what)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw finding('the message of a frame', what, showBytes(bytes))
  }
}

function finding(what: string, allowed: string, came: string): ConformanceFailure {
  return new ConformanceFailure({ subject: what, expected: allowed, actual: came })
}
