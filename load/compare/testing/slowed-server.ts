import { setTimeout as delay } from 'node:timers/promises'
import { createServer } from '../../../reference-server/server.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'

/**
 * The reference server whose every commit takes so many milliseconds longer: `slowed-server.ts PORT MS`. A server that is
 * slower by a known part, to see whether the gate catches it.
 */
const [port = '0', ms = '0'] = process.argv.slice(2)
const store = await openMemoryStore()
const server = await createServer({
  data: {
    store: {
      ...store,
      async commit(writes) {
        await delay(Number(ms))
        await store.commit(writes)
      },
    },
  },
  options: { port: Number(port) },
})
await server.start()
process.on('SIGTERM', () => void server.stop())
