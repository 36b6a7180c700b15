import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnswerBody, MAX_ANSWER_BYTES } from './answer-body.ts'

test('a body is the sum of its pieces, also where their bytes are used again', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 40 }), (pieces) => {
      const body = new AnswerBody()
      for (const piece of pieces) {
        const bytes = Buffer.from(piece)
        expect(body.add(bytes)).toBeUndefined()
        bytes.fill(0xff)
      }
      expect(body.bytes).toEqual(Buffer.concat(pieces))
      expect(body.length).toBe(body.bytes.length)
    }),
  )
})

test('a body may be as long as the limit, and no longer', () => {
  const body = new AnswerBody()
  expect(body.add(Buffer.alloc(MAX_ANSWER_BYTES))).toBeUndefined()
  expect(body.add(Buffer.alloc(1))?.message).toContain('more than 1048576 bytes')
  expect(body.length).toBe(MAX_ANSWER_BYTES)
})

test('pieces of one byte are kept in one buffer, and are not taken without end', () => {
  const body = new AnswerBody()
  for (let count = 0; count < 16_384; count++) expect(body.add(Buffer.alloc(1))).toBeUndefined()
  // Small buffers share the pool of Node, of 64 KiB.
  expect(body.bytes.buffer.byteLength).toBeLessThanOrEqual(65_536)
  expect(body.add(Buffer.alloc(1))?.message).toContain('more than 16384 pieces')
})
