/**
 * The reference server on a disk whose syncs take so many milliseconds: `slowed-server.ts PORT MS`. What a client waits for is
 * that and little else, so that syncs which are 10 % longer make a server that is slower by 10 %, of which chance hides the
 * less.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer } from '../../reference-server/server.ts'
import { groupCommit } from '../../reference-server/store/group-commit.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'

const [port = '0', milliseconds = '0'] = process.argv.slice(2)

const memory = await openMemoryStore()
const disk = groupCommit(async (writes) => {
  await sleep(Number(milliseconds))
  await memory.commit(writes)
})
const server = await createServer({
  data: {
    store: {
      ...memory,
      commit: disk.commit,
      healthy: disk.healthy,
      async close() {
        await disk.close()
        await memory.close()
      },
    },
  },
  options: { port: Number(port) },
})
await server.start()
process.on('SIGTERM', () => void server.stop())
