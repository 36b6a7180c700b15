import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costRatio } from '../../../proto/testing.ts'
import { FLAG, FRAME, frame } from './frame.ts'
import { FrameReader, Http2Error } from './frame-reader.ts'

interface Seen {
  readonly type: number
  readonly stream: number
  isLast: boolean
  bytes: number[]
}

/** Pieces of data that follow one another on a stream are as good as one. */
function joined(seen: readonly Seen[]): readonly Seen[] {
  const all: Seen[] = []
  for (const each of seen) {
    const last = all.at(-1)
    const goesOn =
      each.type === FRAME.data && last?.type === FRAME.data && last.stream === each.stream && !last.isLast
    if (last === undefined || !goesOn) all.push({ ...each })
    else {
      last.bytes = [...last.bytes, ...each.bytes]
      last.isLast = each.isLast
    }
  }
  return all
}

test('frames are the same however their bytes are cut, also where a chunk is used again', () => {
  const one = fc.record({
    type: fc.constantFrom(FRAME.data, FRAME.data, FRAME.headers, FRAME.ping, FRAME.settings),
    flags: fc.constantFrom(0, FLAG.endStream, FLAG.padded),
    stream: fc.integer({ min: 1, max: 3 }),
    payload: fc.uint8Array({ maxLength: 300 }),
  })
  fc.assert(
    fc.property(
      fc.array(one, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(60), { minLength: 1 }),
      (given, cuts) => {
        const bytes = Buffer.concat(
          given.map(({ type, flags, stream, payload }) => frame(type, flags, stream, Buffer.from(payload))),
        )
        const seen: Seen[] = []
        const reader = new FrameReader(300, (type, flags, stream, buffer, begin, end) =>
          seen.push({
            type,
            stream,
            isLast: (flags & FLAG.endStream) !== 0,
            bytes: [...buffer.subarray(begin, end)],
          }),
        )
        const chunk = Buffer.alloc(61)
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = Math.min(bytes.length - at, 1 + (cuts[turn % cuts.length] ?? 0))
          bytes.copy(chunk, 0, at, at + size)
          reader.push(chunk.subarray(0, size))
          at += size
        }
        const whole = given.map(({ type, flags, stream, payload }) => ({
          type,
          stream,
          isLast: (flags & FLAG.endStream) !== 0,
          bytes: [...payload],
        }))
        expect(joined(seen)).toEqual(joined(whole))
      },
    ),
  )
})

test('a frame longer than is allowed is refused', () => {
  expect(() => new FrameReader(10, () => {}).push(frame(FRAME.data, 0, 1, Buffer.alloc(11)))).toThrow(
    Http2Error,
  )
})

test('a frame that arrives byte by byte costs as much as its bytes', () => {
  const [small, times] = [16 * 1024, 16]
  const arrive = (length: number) => () => {
    const bytes = frame(FRAME.goAway, 0, 0, Buffer.alloc(length, 7))
    const seen: number[] = []
    const reader = new FrameReader(length, (_type, _flags, _stream, _bytes, begin, end) =>
      seen.push(end - begin),
    )
    for (let at = 0; at < bytes.length; at++) reader.push(bytes.subarray(at, at + 1))
    expect(seen).toEqual([length])
  }
  // Copied again for each byte, it would cost 256 times as much.
  expect(costRatio(arrive(small), arrive(times * small))).toBeLessThan(6 * times)
})
