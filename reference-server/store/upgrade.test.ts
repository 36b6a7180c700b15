import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Directories, incompressible } from '../testing/damage.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { addressOf, batch, bodiesOf, ok, readAll, testBackend, testStream } from '../testing/test-backend.ts'
import { openDiskStore } from './disk.ts'
import { encodeFormat, FORMAT, readFormat } from './format.ts'
import { batchKey, formatKey } from './keys.ts'
import { openLevel } from './open-level.ts'
import type { Entry } from './store.ts'
import { upgrade } from './upgrade.ts'

const EVERYTHING = { from: Uint8Array.of(0), to: Uint8Array.of(0xff) }
const END = { count: 1000n, wait: 0 }
const address = addressOf('test-basin', 'stream')
const bodies = Array.from({ length: 30 }, (_, seqNum) => incompressible(`${seqNum}`, 20 + 90 * seqNum))

const directories = new Directories()
const clock = new FakeClock()
/** What version 0.1.0 stores: a memory store has the same values, without checksums. */
const entries: Entry[] = []

beforeAll(async () => {
  const retention = { age: 60n }
  const { backend, store } = await testStream({ clock, stream: { retention } })
  for (const body of bodies.slice(0, 10)) ok(await backend.append(address, batch([body])))
  // Version 0.1.0 does not record that these have expired.
  await clock.advance(120_000)
  for (const body of bodies.slice(10)) ok(await backend.append(address, batch([body])))
  for await (const entry of store.range(EVERYTHING)) if (entry.key[0] !== 0x0b) entries.push(entry)
  await backend.close()
})

afterAll(() => directories[Symbol.asyncDispose]())

async function oldDirectory(): Promise<string> {
  const directory = await directories.create()
  const level = await openLevel(directory)
  for (const { key, value } of entries) await level.put(key, value)
  await level.close()
  return directory
}

async function expectAllThere(directory: string): Promise<void> {
  const { backend } = await testBackend({ store: await openDiskStore(directory), clock })
  const { records } = await readAll(backend, address, { seqNum: 0n }, END)
  expect(records[0]?.seqNum).toBe(10n)
  expect(bodiesOf(records)).toEqual(bodies.slice(10))
  ok(await backend.append(address, batch(['later'])))
  expect(backend.healthy()).toBe(true)
  await backend.close()
}

describe('data of version 0.1.0', () => {
  test('is upgraded once, and all of it is there', async () => {
    const directory = await oldDirectory()
    const upgraded: number[] = []
    const onUpgrade = (values: number): void => void upgraded.push(values)
    await (await openDiskStore(directory, { onUpgrade })).close()
    await (await openDiskStore(directory, { onUpgrade })).close()
    // The mark of what had expired is new.
    expect(upgraded).toEqual([entries.length + 1])
    await expectAllThere(directory)
  })

  test.each([1, 2, 5, 11])('is upgraded though the process ends after %i steps', async (steps) => {
    const directory = await oldDirectory()
    const level = await openLevel(directory)
    let left = steps
    const dying = new Proxy(level, {
      get(target, name) {
        if (name === 'batch' && left-- === 0) throw new Error('killed')
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    await expect(upgrade(dying, { format: 1 }, { entries: 3, bytes: 1e6 })).rejects.toThrow('killed')
    const mark = await readFormat(level)
    expect(mark?.upgradedTo).toBeDefined()
    await level.close()
    await expectAllThere(directory)
  })

  test('a value that cannot be decoded gets no checksum: it stays damaged', async () => {
    const directory = await oldDirectory()
    const level = await openLevel(directory)
    await level.put(batchKey(1n, 15n), Uint8Array.of(1, 2, 3))
    await level.close()
    const store = await openDiskStore(directory)
    await expect(store.get(batchKey(1n, 15n))).rejects.toMatchObject({
      fault: 'corrupt',
      message: 'the batch of stream number 1 that ends with record 15 has a wrong checksum',
    })
    await store.close()
  })
})

test('a format of the future is refused', async () => {
  const directory = await directories.create()
  const level = await openLevel(directory)
  await level.put(formatKey, encodeFormat({ format: FORMAT + 1 }))
  await level.close()
  await expect(openDiskStore(directory)).rejects.toMatchObject({
    fault: 'open',
    message: `cannot open the data directory ${directory}: the data has format 3 and this version reads formats up to 2: use a newer version`,
  })
})

test('data with checksums is not upgraded once more where its format is lost', async () => {
  const directory = await oldDirectory()
  await (await openDiskStore(directory)).close()
  const level = await openLevel(directory)
  await level.del(formatKey)
  await level.close()
  await expect(openDiskStore(directory)).rejects.toMatchObject({ fault: 'corrupt' })
})
