import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastOfEach } from './last-of-each.ts'
import type { Write } from './store.ts'

const aKey = fc.uint8Array({ maxLength: 2 })
const aWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ type: fc.constant('put' as const), key: aKey, value: fc.uint8Array({ maxLength: 2 }) }),
  fc.record({ type: fc.constant('del' as const), key: aKey }),
)

/** What a database holds after these writes, in their order. */
function after(writes: readonly Write[]): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  for (const write of writes) {
    const key = Buffer.from(write.key).toString('hex')
    if (write.type === 'put') entries.set(key, Buffer.from(write.value).toString('hex'))
    else entries.delete(key)
  }
  return entries
}

test('the same is written, and no key twice', () => {
  fc.assert(
    fc.property(fc.array(aWrite), (writes) => {
      const kept = lastOfEach(writes)
      expect(after(kept)).toEqual(after(writes))
      const keys = kept.map(({ key }) => Buffer.from(key).toString('hex'))
      expect(new Set(keys).size).toBe(keys.length)
      expect(writes.filter((write) => kept.includes(write))).toEqual(kept)
    }),
  )
})
