import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFrame } from '../../proto/frames.ts'
import { FrameSplitter } from './frame-splitter.ts'

describe('the frames of a session', () => {
  test('are the same however their bytes are cut', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(payloads, fc.array(fc.nat(60), { minLength: 1, maxLength: 10 }), (given, cuts) => {
        const bytes = Buffer.concat(given.map((payload) => encodeFrame({ payload, compression: 'none' })))
        const seen: number[][] = []
        const splitter = new FrameSplitter((flags, buffer, begin, end) => {
          expect(flags).toBe(0)
          seen.push([...buffer.subarray(begin, end)])
        })
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1
          splitter.push(bytes.subarray(at, at + Math.max(1, size)))
          at += Math.max(1, size)
        }
        expect(seen).toEqual(given.map((payload) => [...payload]))
      }),
    )
  })

  test.each([
    ['of no length', [0, 0, 0]],
    ['longer than any', [0x7f, 0xff, 0xff]],
  ])('%s are refused', (_what, bytes) => {
    expect(() => new FrameSplitter(() => {}).push(Buffer.from(bytes))).toThrow()
  })
})
