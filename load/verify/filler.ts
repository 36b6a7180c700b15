import { crc32 } from 'node:zlib'
import { createRandom } from '../../kit/random.ts'

/** As many records have a filler of their own: more than one batch can hold. */
export const FILLERS = 1024

/** A step between the beginnings of two fillers; fillers overlap, but two of them have no long part in common at one place. */
const STEP_BYTES = 1021

/**
 * What the bodies of records are filled with: the same bytes in every process that knows the seed, so that a reader can
 * compare them one by one. The record at one place of a batch has always the same filler.
 */
export interface Filler {
  /** Of the longest record, for the first place; that of place `n` begins `n * 1021` bytes later. */
  readonly pool: Buffer
  /** Where the filler for this place begins in the pool. */
  begin(place: number): number
  /** The CRC-32 of the first `length` bytes of it, computed each time. */
  checksum(place: number, length: number): number
}

/** `compressible` is the part of the bytes, from 0 to 1, that are zeros in runs of about a hundred. */
export function createFiller(seed: number, longest: number, compressible: number): Filler {
  const pool = fill(Buffer.alloc(longest + FILLERS * STEP_BYTES), seed, compressible)
  const begin = (place: number): number => (place % FILLERS) * STEP_BYTES
  return {
    pool,
    begin,
    checksum: (place, length) => crc32(pool.subarray(begin(place), begin(place) + length)),
  }
}

/** Runs of about this length are either noise or zeros. */
const RUN_BYTES = 100

function fill(pool: Buffer, seed: number, compressible: number): Buffer {
  const random = createRandom(seed)
  for (let at = 0; at < pool.length; at += RUN_BYTES) {
    if (random() < compressible) continue
    const end = Math.min(pool.length, at + RUN_BYTES)
    for (let index = at; index < end; index++) pool[index] = random() * 256
  }
  return pool
}
