import { ClassicLevel } from 'classic-level'
import { createServer } from '../../reference-server/server.ts'
import { SPACE } from '../../reference-server/store/keys.ts'
import { levelStore } from '../../reference-server/store/level-store.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import type { Store, Write } from '../../reference-server/store/store.ts'

/**
 * A reference server that keeps its data on disk, and is careless with it: `node careless-server.ts PORT DIRECTORY HOW`.
 *
 *   unsynced   what is written is not synced
 *   later      a batch is acknowledged while it is in memory, and written once `LAG` later ones are there
 */
const [port, directory = '', how] = process.argv.slice(2)

/**
 * Commits of batches that a kill loses. It exceeds the batches that all clients of a check have under way, so that one
 * of those lost was acknowledged, whenever the kill arrives.
 */
const LAG = 64

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
  const unwritten: (readonly Write[])[] = []
  return {
    ...memory,
    async commit(writes) {
      await memory.commit(writes)
      if (!writes.some(({ key }) => key[0] === SPACE.batch))
        return await level.batch([...writes], { sync: true })
      unwritten.push(writes)
      const oldest = unwritten.length > LAG ? unwritten.shift() : undefined
      if (oldest !== undefined) await level.batch([...oldest], { sync: true })
    },
  }
}

const store = how === 'later' ? await later() : unsynced()
const server = await createServer({ data: { store }, options: { port: Number(port) } })
await server.start()
