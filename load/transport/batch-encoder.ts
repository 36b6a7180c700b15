import { HEAD_BYTES } from '../../proto/frames.ts'
import { lengthOfVarint, writeVarint } from '../../proto/varint.ts'
import type { Filler } from '../verify/filler.ts'
import { INTENDED, STAMP_BYTES, viewOf, writeU53 } from '../verify/stamp-layout.ts'
import { StampWriter } from '../verify/stamp-writer.ts'
import type { BatchShape } from '../workload/workload.ts'
import { APPENDED_HEADER, encodeHeaders } from './record-headers.ts'

export interface EncoderParts {
  readonly tag: number
  readonly filler: Filler
  /** Headers that each record has. */
  readonly headers: readonly (readonly [name: Buffer, value: Buffer])[]
  /** False where a bench leaves out all of the stamps but the intended time. */
  readonly isVerified?: boolean
}

/** As many buffers of one shape are kept for the next batch; more are under way only where the target lags. */
const MOST_SPARE = 256

interface Prepared {
  readonly bytes: Buffer
  readonly view: DataView
  readonly shape: BatchShape
  /** Where each body ends. */
  readonly ends: Float64Array
}

/**
 * Makes encoded `AppendInput`s. A batch is made once for its shape, filler and all, and then its stamps alone are written
 * anew; whoever has sent it gives it back.
 */
export class BatchEncoder {
  readonly #parts: EncoderParts
  readonly #headers: Buffer
  /** Weak, as a shape that was made for one batch alone does not come again. */
  readonly #spare = new WeakMap<BatchShape, Prepared[]>()
  readonly #lent = new Map<Buffer, Prepared>()
  readonly #stamps: StampWriter
  readonly #stamp = { writer: 0, index: 0, intendedUs: 0, place: 0, size: 0 }

  constructor(parts: EncoderParts) {
    this.#parts = parts
    this.#headers = encodeHeaders(parts.headers, APPENDED_HEADER)
    this.#stamps = new StampWriter(parts.tag, parts.filler)
  }

  /** Four bytes for a frame's head, then the message; until it is given back the bytes belong to the caller. */
  encode(shape: BatchShape, writer: number, index: number, intendedUs: number): Buffer {
    const prepared = this.#spare.get(shape)?.pop() ?? this.#prepare(shape)
    const { bytes, view, ends } = prepared
    const stamp = this.#stamp
    stamp.writer = writer
    stamp.intendedUs = intendedUs
    stamp.size = shape.length
    for (let place = 0; place < shape.length; place++) {
      stamp.index = index + place
      stamp.place = place
      const end = ends[place] ?? 0
      if (this.#parts.isVerified === false) writeU53(view, end - STAMP_BYTES + INTENDED, intendedUs)
      else this.#stamps.write(view, end, stamp, (shape[place] ?? 0) - STAMP_BYTES)
    }
    this.#lent.set(bytes, prepared)
    return bytes
  }

  giveBack(bytes: Buffer): void {
    const prepared = this.#lent.get(bytes)
    if (prepared === undefined) return
    this.#lent.delete(bytes)
    const spare = this.#spare.get(prepared.shape)
    if (spare === undefined) this.#spare.set(prepared.shape, [prepared])
    else if (spare.length < MOST_SPARE) spare.push(prepared)
  }

  #prepare(shape: BatchShape): Prepared {
    const headers = this.#headers
    const inner = (body: number): number => headers.length + 1 + lengthOfVarint(body) + body
    const total = shape.reduce((sum, body) => sum + 1 + lengthOfVarint(inner(body)) + inner(body), 0)
    const bytes = Buffer.allocUnsafeSlow(HEAD_BYTES + total)
    const ends = new Float64Array(shape.length)
    let at = HEAD_BYTES
    for (const [place, body] of shape.entries()) {
      at = bytes.writeUInt8(RECORD, at)
      at = writeVarint(bytes, at, inner(body))
      at += headers.copy(bytes, at)
      at = bytes.writeUInt8(BODY, at)
      at = writeVarint(bytes, at, body)
      const { pool, begin } = this.#parts.filler
      pool.copy(bytes, at, begin(place), begin(place) + body - STAMP_BYTES)
      at += body
      ends[place] = at
    }
    return { bytes, view: viewOf(bytes), shape, ends }
  }
}

/** Tags of `AppendInput.records`, and of a record's body. */
const [RECORD, BODY] = [0x0a, 0x1a] as const
