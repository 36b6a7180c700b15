import { setImmediate } from 'node:timers/promises'
import { createServer, type ServerOptions } from '../../reference-server/server.ts'
import { openDiskStore } from '../../reference-server/store/disk.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import type { Store } from '../../reference-server/store/store.ts'

/*
 * The server under abuse, alone in its process, so that the process's memory is its memory. The parent asks over the
 * channel of `fork`, for which it needs `--expose-gc`.
 */

export interface SubjectOptions {
  /** Absent: in memory. */
  readonly dataDir?: string
  /** Every commit takes this much longer. */
  readonly commitMs?: number
  readonly server?: ServerOptions
}

/** What a settled process holds. */
export interface Held {
  readonly rss: number
  /** Heap and the buffers beside it: unlike `rss`, all of it is referenced by something. */
  readonly live: number
  readonly sockets: number
  /**
   * Milliseconds that its thread computed, at most, before it looked at its connections again, since the last question:
   * what others wait for at least, and, unlike their latency, the same on a machine that has other things to do.
   */
  readonly longestTurn: number
  /** Faults that the server reported since the last question. */
  readonly faults: readonly string[]
}

export type Question = 'settle' | 'stop'
export type Reply = { readonly url: string } | { readonly held: Held }

const options = JSON.parse(process.argv[2] ?? '{}') as SubjectOptions
const faults: string[] = []
const store = options.dataDir === undefined ? await openMemoryStore() : await openDiskStore(options.dataDir)
const server = await createServer({
  data: { store: slow(store, options.commitMs ?? 0) },
  ...(options.server && { options: options.server }),
  report: (error) => faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
})

process.on('message', (question: Question) => void answer(question))
process.on('disconnect', () => process.exit(0))
process.on('uncaughtException', (error) => faults.push(`uncaught: ${error.stack ?? error.message}`))
process.on('unhandledRejection', (error) => faults.push(`unhandled: ${String(error)}`))
tell({ url: await server.start() })

let computed = computing()
let longestTurn = 0
setInterval(() => {
  const now = computing()
  longestTurn = Math.max(longestTurn, now - computed)
  computed = now
}, 1)

/** Milliseconds that this thread has computed so far. */
function computing(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

async function answer(question: Question): Promise<void> {
  if (question === 'stop') {
    await server.stop()
    process.disconnect()
    return
  }
  const turn = longestTurn
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.()
    await setImmediate()
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
  computed = computing()
  longestTurn = 0
  tell({ held: { rss, live: heapUsed + external, sockets, longestTurn: turn, faults: faults.splice(0) } })
}

function tell(reply: Reply): void {
  process.send?.(reply)
}

function slow(inner: Store, milliseconds: number): Store {
  if (milliseconds === 0) return inner
  return {
    ...inner,
    async commit(writes) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      await inner.commit(writes)
    },
  }
}
