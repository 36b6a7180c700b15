import * as zlib from 'node:zlib'
import { batch } from '../../../client/records.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { concat, frame, GZIP, inputFrame, ZSTD } from '../../by-hand/frames.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { FRAMES } from '../transports.ts'
import { expectAcksInOrder, expectEnd, nextAcks } from './session.ts'

export const limits: readonly Requirement[] = [
  onStream('S2S-014', 'Maximum frame', { on: FRAMES }, async ({ stream, expect }) => {
    const fits = await stream.openAppend()
    await fits.sendBytes(frame(padded(batch('fits'), 2_097_151)))
    expectAcksInOrder(expect, await nextAcks(expect, fits, 1), [batch('fits')], 0n)
    fits.closeSending()
    await expectEnd(expect, fits)

    for (const length of [2_097_153, 16_777_215]) {
      const session = await stream.openAppend()
      // The length alone is enough to be refused.
      await session.sendBytes(Uint8Array.of(length >> 16, length >> 8, length, 0))
      expect.refused(await session.next(), 400, 'bad_frame')
      await expectEnd(expect, session)
    }
    await expect.holds(stream, batch('fits').records)
  }),

  onStream('S2S-015', 'Maximum decompressed payload', { on: FRAMES }, async ({ stream, expect }) => {
    const codecs = [
      [ZSTD, zlib.zstdCompressSync],
      [GZIP, zlib.gzipSync],
    ] as const
    for (const [index, [flag, compress]] of codecs.entries()) {
      const fits = await stream.openAppend()
      await fits.sendBytes(frame(compress(padded(batch('fits'), 2_097_151)), flag))
      expectAcksInOrder(expect, await nextAcks(expect, fits, 1), [batch('fits')], BigInt(index))
      for (const length of [2_097_152, 2_097_153, 64 * 1024 * 1024]) {
        const session = await stream.openAppend()
        await session.sendBytes(
          concat(frame(compress(padded(batch('x'), length)), flag), inputFrame(batch('y'))),
        )
        expect.refused(await session.next(), 400, 'bad_frame')
        await expectEnd(expect, session)
      }
    }
    await expect.holds(stream, batch('fits', 'fits').records)
  }),
]

/** The message with an unknown field of zeros behind it, which receivers pass over; `length` bytes in all. */
function padded(input: AppendInput, length: number): Uint8Array {
  const message = encodeAppendInput(input)
  // Field 15, length-delimited; the size as a varint of four bytes holds up to 2^28.
  const size = length - message.length - 5
  const varint = [0, 7, 14].map((shift) => ((size >> shift) & 0x7f) | 0x80)
  return concat(message, Uint8Array.of(0x7a, ...varint, (size >> 21) & 0x7f), new Uint8Array(size))
}
