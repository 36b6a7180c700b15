import { MemoryLevel } from 'memory-level'
import { levelStore } from './level-store.ts'
import type { Store } from './store.ts'

/** A store that ends with the process (DUR-013). */
export async function openMemoryStore(): Promise<Store> {
  const level = new MemoryLevel<Uint8Array, Uint8Array>({
    storeEncoding: 'view',
    keyEncoding: 'view',
    valueEncoding: 'view',
  })
  await level.open()
  return levelStore({
    level,
    iterate: ({ from, to }) => level.iterator({ gte: from, lt: to }),
    write: (writes) => level.batch([...writes]),
  })
}
