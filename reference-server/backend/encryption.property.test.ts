import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EncryptionKey } from '../encryption/encryption-key.ts'
import { batch, bodiesOf, fence, keyOf, ok, readAll, testStream } from '../testing/test-backend.ts'

const KEYS: readonly EncryptionKey[] = [keyOf(1), keyOf(2)]

/** A batch under one of the keys; without records it is a fence. */
const given = fc.record({ key: fc.nat({ max: 1 }), records: fc.nat({ max: 3 }) })

test('a reader gets what its key opens, and nothing where it does not open all (ENC-007 to ENC-011)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('aegis-256', 'aes-256-gcm'),
      fc.array(given, { minLength: 1, maxLength: 6 }),
      fc.record({
        key: fc.nat({ max: 1 }),
        seqNum: fc.nat({ max: 8 }),
        count: fc.integer({ min: 1, max: 9 }),
      }),
      async (streamCipher, batches, reader) => {
        const { backend, address } = await testStream({ basin: { streamCipher } })
        const kept: { body: string; key: number | undefined }[] = []
        for (const { key, records } of batches) {
          const bodies = Array.from({ length: records }, (_, index) => `body ${kept.length + index}`)
          const one = records === 0 ? fence(`token ${kept.length}`) : batch(bodies)
          ok(await backend.append(address, one, KEYS[key] ?? 'none'))
          if (records === 0) kept.push({ body: `token ${kept.length}`, key: undefined })
          for (const body of bodies) kept.push({ body, key })
        }
        fc.pre(reader.seqNum < kept.length)

        const asked = kept.slice(reader.seqNum, reader.seqNum + reader.count)
        const opens = asked.every(({ key }) => key === undefined || key === reader.key)
        const [start, end] = [{ seqNum: BigInt(reader.seqNum) }, { count: BigInt(reader.count) }]
        const { outputs, records } = await readAll(backend, address, start, end, KEYS[reader.key])
        expect(bodiesOf(records)).toEqual(opens ? asked.map(({ body }) => body) : [])
        if (!opens)
          expect(outputs).toMatchObject([{ kind: 'refused', refusal: { code: 'decryption_failed' } }])
      },
    ),
  )
})
