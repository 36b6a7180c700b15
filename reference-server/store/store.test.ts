import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openDiskStore } from './disk.ts'
import { openMemoryStore } from './memory.ts'
import type { KeyRange, Store, Write } from './store.ts'

const directories: string[] = []

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 's2-store-'))
  directories.push(path)
  return path
}

afterAll(() => Promise.all(directories.map((path) => rm(path, { recursive: true }))))

const key = (number: number): Uint8Array => Uint8Array.of(number)
const put = (number: number, value = 'v'): Write => ({
  type: 'put',
  key: key(number),
  value: new TextEncoder().encode(value),
})
const all: KeyRange = { from: key(0), to: key(255) }

async function keysIn(store: Store, range: KeyRange): Promise<readonly (number | undefined)[]> {
  const keys: (number | undefined)[] = []
  for await (const entry of store.range(range)) keys.push(entry.key[0])
  return keys
}

describe.each([
  { name: 'in memory', open: openMemoryStore },
  { name: 'on disk', open: async () => openDiskStore(await directory()) },
])('a store $name', ({ open }) => {
  test('reads what was committed, in key order', async () => {
    const store = await open()
    await store.commit([put(200), put(3), put(1, 'one')])
    await store.commit([{ type: 'del', key: key(3) }, put(2), { type: 'del', key: key(99) }])
    expect(new TextDecoder().decode(await store.get(key(1)))).toBe('one')
    expect(await store.get(key(3))).toBeUndefined()
    expect(await keysIn(store, all)).toEqual([1, 2, 200])
    expect(await keysIn(store, { from: key(1), to: key(2) })).toEqual([1])
    await store.close()
  })

  test('a range is as of its first step', async () => {
    const store = await open()
    await store.commit(Array.from({ length: 200 }, (_, number) => put(number)))
    const range = store.range(all)[Symbol.asyncIterator]()
    expect((await range.next()).value?.key[0]).toBe(0)
    await store.commit([{ type: 'del', key: key(150) }, put(201)])
    let count = 1
    while ((await range.next()).done !== true) count++
    expect(count).toBe(200)
    await store.close()
  })

  test('a range that ends early does not keep the store from closing', async () => {
    const store = await open()
    await store.commit([put(1), put(2)])
    for await (const _ of store.range(all)) break
    await store.close()
    await expect(store.commit([put(3)])).rejects.toMatchObject({ fault: 'closed' })
    await expect(store.get(key(1))).rejects.toMatchObject({ fault: 'closed' })
    await expect(keysIn(store, all)).rejects.toMatchObject({ fault: 'closed' })
  })
})

describe('a store on disk', () => {
  test('is there after a restart', async () => {
    const path = await directory()
    const before = await openDiskStore(path)
    await Promise.all(Array.from({ length: 100 }, (_, number) => before.commit([put(number)])))
    await before.close()
    const after = await openDiskStore(path)
    expect((await keysIn(after, all)).length).toBe(100)
    await after.close()
  })

  test('belongs to one process at a time', async () => {
    const path = await directory()
    const store = await openDiskStore(path)
    await expect(openDiskStore(path)).rejects.toMatchObject({
      fault: 'open',
      message: expect.stringContaining('another process uses it'),
    })
    await store.close()
  })

  test('is no file', async () => {
    const path = join(await directory(), 'file')
    await writeFile(path, '')
    await expect(openDiskStore(path)).rejects.toMatchObject({ fault: 'open' })
  })
})
