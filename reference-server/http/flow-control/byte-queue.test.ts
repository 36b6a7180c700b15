import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteQueue } from './byte-queue.ts'

test('is all that came, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 8 }), (chunks) => {
      const gathered = new ByteQueue()
      for (const chunk of chunks) gathered.push(chunk)
      expect(Buffer.compare(gathered.bytes(), Buffer.concat(chunks))).toBe(0)
      expect(gathered.length).toBe(Buffer.concat(chunks).length)
    }),
  )
})

test('what was taken stays as it was', () => {
  const gathered = new ByteQueue()
  gathered.push(Uint8Array.of(1, 2))
  const taken = gathered.bytes()
  gathered.push(new Uint8Array(10_000).fill(9))
  gathered.clear()
  gathered.push(Uint8Array.of(7))
  expect([...taken]).toEqual([1, 2])
  expect([...gathered.bytes()]).toEqual([7])
})
