import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addChecksum, removeChecksum, withRoomForChecksum } from './checksum.ts'

const bytes = fc.uint8Array({ maxLength: 3000 })

test('a value comes back as it was, and shares its memory where it has room', () => {
  fc.assert(
    fc.property(bytes, bytes, (key, content) => {
      const roomy = withRoomForChecksum(content.length)
      roomy.set(content)
      for (const value of [content, roomy]) {
        const stored = addChecksum(key, value)
        expect(stored.length).toBe(content.length + 4)
        expect(stored.buffer === value.buffer).toBe(value === roomy)
        expect(Buffer.from(removeChecksum(key, stored) ?? []).equals(content)).toBe(true)
      }
    }),
  )
})

test('one bit of the value, of its checksum or of its key is changed: it is noticed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 30 }), bytes, fc.nat(), (key, value, place) => {
      const stored = addChecksum(key, value).slice()
      const at = place % (8 * (key.length + stored.length))
      const changed = Buffer.concat([key, stored])
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7))
      expect(removeChecksum(changed.subarray(0, key.length), changed.subarray(key.length))).toBeUndefined()
    }),
  )
})

test('a value that is shorter than a checksum has none', () => {
  expect(removeChecksum(Uint8Array.of(1), new Uint8Array(3))).toBeUndefined()
})
