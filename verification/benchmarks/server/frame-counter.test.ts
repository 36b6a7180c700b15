import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame, encodeTerminal } from '../../../proto/frames.ts'
import { FrameCounter } from './frame-counter.ts'

test('frames are counted however they are chunked', () => {
  const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 })
  fc.assert(
    fc.property(payloads, fc.integer({ min: 1, max: 50 }), (payloads, chunkBytes) => {
      const all = Buffer.concat(payloads.map((payload) => encodeFrame({ payload, compression: 'none' })))
      const counter = new FrameCounter()
      let [frames, bytes] = [0, 0]
      for (let at = 0; at < all.length; at += chunkBytes) {
        const counted = counter.push(all.subarray(at, at + chunkBytes))
        frames += counted.frames
        bytes += counted.bytes
      }
      expect(frames).toBe(payloads.length)
      // Each frame has its flags beside the payload.
      expect(bytes).toBe(payloads.reduce((sum, { length }) => sum + length + 1, 0))
    }),
  )
})

test('a refusal does not count as a frame', () => {
  expect(() => new FrameCounter().push(encodeTerminal(503, '{}'))).toThrow('refused')
})
