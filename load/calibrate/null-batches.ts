import { encodeFrame } from '../../proto/frames.ts'
import { LONG_VARINT_BYTES, writeLongVarint } from '../transport/long-varint.ts'
import { createFiller } from '../verify/filler.ts'
import { STAMP_BYTES, viewOf } from '../verify/stamp-layout.ts'
import { StampWriter } from '../verify/stamp-writer.ts'

export interface NullBatchesOptions {
  /** Of the run whose reader is to take them for its own, and the seed of its fillers. */
  readonly tag: number
  readonly seed: number
  /** Of each batch. */
  readonly records: number
  /** Of each body. */
  readonly bytes: number
}

/** Frames of `ReadBatch`es, one after the other from the first record of a stream on, that one writer might have written. */
export interface NullBatches {
  next(): Buffer
}

/** Frames under way at a time: more than a connection's window holds are not written to while they are sent. */
const FRAMES = 256

export function createNullBatches({ tag, seed, records, bytes }: NullBatchesOptions): NullBatches {
  const filler = createFiller(seed, bytes, 0)
  const frame = frameOf(records, bytes, filler.pool, (place) => filler.begin(place))
  const frames = Array.from({ length: Math.min(FRAMES, Math.ceil(WINDOW / frame.length) + 2) }, () =>
    Buffer.from(frame),
  )
  const views = frames.map(viewOf)
  const stamps = new StampWriter(tag, filler)
  const stamp = { writer: 0, index: 0, intendedUs: 0, place: 0, size: records }
  const stride = recordLength(bytes) + headLength(recordLength(bytes))
  let turn = 0
  let seqNum = 0
  return {
    next() {
      const at = turn++ % frames.length
      const [batch, view] = [frames[at] ?? frame, views[at] ?? viewOf(frame)]
      stamp.intendedUs = Math.round(nowUs())
      for (let place = 0; place < records; place++) {
        const end = FRAME_HEAD + (place + 1) * stride
        const begin = end - recordLength(bytes)
        writeLongVarint(batch, seqNum, begin + 1)
        stamp.index = seqNum
        stamp.place = place
        stamps.write(view, end, stamp, bytes - STAMP_BYTES)
        seqNum += 1
      }
      return batch
    },
  }
}

/** Microseconds since 1970, so that its readers have something to time. */
const nowUs = (): number => (performance.timeOrigin + performance.now()) * 1000

/** What may be under way in a connection and its sockets. */
const WINDOW = 80 * 1024 * 1024
const FRAME_HEAD = 4

function frameOf(records: number, bytes: number, pool: Buffer, begin: (place: number) => number): Buffer {
  const parts = Array.from({ length: records }, (_none, place) => {
    const filling = pool.subarray(begin(place), begin(place) + bytes - STAMP_BYTES)
    return Buffer.concat([headOf(bytes), filling, Buffer.alloc(STAMP_BYTES)])
  })
  return Buffer.from(encodeFrame({ payload: Buffer.concat(parts), compression: 'none' }))
}

/** Of `SequencedRecord`: its number, no timestamp, and its body. */
const recordLength = (bytes: number): number => 1 + LONG_VARINT_BYTES + 1 + varintOf(bytes).length + bytes
const headLength = (length: number): number => 1 + varintOf(length).length

const headOf = (bytes: number): Buffer =>
  Buffer.from([
    0x0a,
    ...varintOf(recordLength(bytes)),
    0x08,
    ...Array.from({ length: LONG_VARINT_BYTES }, () => 0),
    0x22,
    ...varintOf(bytes),
  ])

function varintOf(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varintOf(value >>> 7)]
}
