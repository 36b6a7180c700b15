import { ERROR } from './frame.ts'
import { Http2Error } from './frame-reader.ts'

/** Largest header block, in bytes as they are sent. An answer of S2 has some hundred. */
export const MAX_HEADER_BLOCK_BYTES: number = 64 * 1024
/** Most CONTINUATION frames of one header block: of 16 KiB each, four are enough for the largest one. */
export const MAX_CONTINUATION_FRAMES = 128

/** A header block of which more is to come. */
export interface HeaderAssembly {
  readonly stream: number
  /** Of the HEADERS frame. */
  readonly flags: number
  readonly parts: Buffer[]
  bytes: number
}

/** Begins with a part of a block; its bytes are copied. */
export function beginBlock(stream: number, flags: number, part: Buffer): HeaderAssembly {
  return { stream, flags, parts: [Buffer.from(part)], bytes: part.length }
}

/** Adds a copy of the next part. Throws `Http2Error` for a block beyond the limits. */
export function addPart(block: HeaderAssembly, part: Buffer): void {
  if (block.parts.length > MAX_CONTINUATION_FRAMES)
    throw new Http2Error(
      `the target sent a header block in more than ${MAX_CONTINUATION_FRAMES} CONTINUATION frames`,
      ERROR.enhanceYourCalm,
    )
  block.bytes += part.length
  checkBlockBytes(block.bytes)
  block.parts.push(Buffer.from(part))
}

/** Throws `Http2Error` for a block that is too long. */
export function checkBlockBytes(bytes: number): void {
  if (bytes > MAX_HEADER_BLOCK_BYTES)
    throw new Http2Error(
      `the target sent a header block of more than ${MAX_HEADER_BLOCK_BYTES} bytes`,
      ERROR.enhanceYourCalm,
    )
}
