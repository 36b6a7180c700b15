import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from './semantics/refusal.ts'
import { openDiskStore } from './store/disk.ts'
import { StoreError } from './store/store-error.ts'
import { Directories, flipBit, incompressible, namesIn } from './testing/damage.ts'
import { addressOf, batch, bodiesOf, ok, testBackend, testStream } from './testing/test-backend.ts'

const RECORDS = 40
const bodies = Array.from({ length: RECORDS }, (_, seqNum) => incompressible(`${seqNum}`, 40 + seqNum * 50))
const address = addressOf('test-basin', 'stream')
const directories = new Directories()
let directory: string

/** Half of the batches are in a table, half in the log. */
beforeAll(async () => {
  directory = await directories.create()
  const first = await testStream({ store: await openDiskStore(directory) })
  for (const body of bodies.slice(0, RECORDS / 2)) ok(await first.backend.append(address, batch([body])))
  await first.backend.close()
  const second = await testBackend({ store: await openDiskStore(directory) })
  for (const body of bodies.slice(RECORDS / 2)) ok(await second.backend.append(address, batch([body])))
  await second.backend.close()
})

afterAll(() => directories[Symbol.asyncDispose]())

/** The bodies that a read from the beginning delivers, with their numbers. */
async function served(path: string): Promise<readonly (readonly [bigint, string])[]> {
  const { backend } = await testBackend({ store: await openDiskStore(path) })
  try {
    const end = { count: 1000n, wait: 0 }
    const session = await backend.openRead(address, { seqNum: 0n }, end, new AbortController().signal)
    const found: [bigint, string][] = []
    if (isRefusal(session)) return found
    for await (const output of session) {
      if (output.kind !== 'batch' || output.records.length === 0) continue
      const texts = bodiesOf(output.records)
      found.push(...output.records.map(({ seqNum }, index): [bigint, string] => [seqNum, texts[index] ?? '']))
    }
    return found
  } finally {
    await backend.close()
  }
}

test('whatever bits are flipped in its files, what is served is what was appended, from the first on', async () => {
  const files = (await namesIn(directory)).filter((name) => /\.(ldb|log)$|^MANIFEST/.test(name))
  const sizes = await Promise.all(files.map(async (name) => (await readFile(join(directory, name))).length))
  const flip = fc.record({ file: fc.nat(files.length - 1), place: fc.nat(), bit: fc.nat(7) })
  let noticed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 3 }), async (flips) => {
      const path = await directories.copy(directory)
      for (const { file, place, bit } of flips)
        await flipBit(join(path, files[file] ?? ''), place % (sizes[file] ?? 1), bit)
      const found = await served(path).catch((error: unknown) => {
        if (!(error instanceof StoreError)) throw error
        return []
      })
      if (found.length < RECORDS) noticed++
      for (const [index, [seqNum, body]] of found.entries())
        expect([seqNum, body]).toEqual([BigInt(index), bodies[index]])
    }),
    { numRuns: 60, seed: 12 },
  )
  expect(noticed).toBeGreaterThan(20)
}, 60_000)
