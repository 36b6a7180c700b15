import { setTimeout as delay } from 'node:timers/promises'
import { ClassicLevel } from 'classic-level'
import { createServer } from '../../../reference-server/server.ts'
import { levelStore } from '../../../reference-server/store/level-store.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import type { Store } from '../../../reference-server/store/store.ts'

/**
 * A reference server that keeps its data on disk, and is careless with it: `node careless-server.ts PORT DIRECTORY HOW`.
 *
 *   unsynced   what is written is not synced
 *   later      what is acknowledged is in memory, and written a moment later, but not before the next commit
 */
const [port, directory = '', how] = process.argv.slice(2)

const LATE_MS = 100

const level = new ClassicLevel<Uint8Array, Uint8Array>(directory, {
  keyEncoding: 'view',
  valueEncoding: 'view',
})
await level.open()

const unsynced = (): Store =>
  levelStore({
    level,
    iterate: ({ from, to }) => level.iterator({ gte: from, lt: to }),
    write: (writes) => level.batch([...writes], { sync: false }),
  })

async function later(): Promise<Store> {
  const memory = await openMemoryStore()
  const entries = await level.iterator().all()
  await memory.commit(entries.map(([key, value]) => ({ type: 'put', key, value })))
  // The newest commit is not written, however long after it the process is killed.
  let next = Promise.withResolvers<void>()
  return {
    ...memory,
    async commit(writes) {
      await memory.commit(writes)
      next.resolve()
      next = Promise.withResolvers()
      void Promise.all([next.promise, delay(LATE_MS)]).then(() => level.batch([...writes], { sync: true }))
    },
  }
}

const store = how === 'later' ? await later() : unsynced()
const server = await createServer({ data: { store }, options: { port: Number(port) } })
await server.start()
