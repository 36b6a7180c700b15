import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import { freePort } from '../../client/launch/free-port.ts'
import { awaitHealth } from '../../client/launch/health.ts'
import type { Launcher } from '../../client/launch/launcher.ts'
import type { StorageMode, StorageSwitch } from '../../client/storage-switch.ts'
import type { Clock } from '../../reference-server/environment.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import type { Store, Write } from '../../reference-server/store/store.ts'
import { StoreError } from '../../reference-server/store/store-error.ts'
import type { Defect } from './defect.ts'
import { startServer, type TestServer } from './server.ts'

const READY_SECONDS = 20

export interface StalledServer {
  readonly launcher: Launcher
  /** How often the defect has decided something, in all lives of the server. */
  firings(): number
  stop(): Promise<void>
}

/** The server in this process, with the defect or healthy, on storage that outlives it and that checks can stall and fail. */
export async function startStalledServer(clock: Clock, defect?: Defect): Promise<StalledServer> {
  const storage = createStorage(await openMemoryStore(), clock)
  const port = await freePort()
  let life: TestServer | undefined
  let firings = 0
  const endpoints = singleEndpoint(`http://127.0.0.1:${port}`)
  const start = async (signal: AbortSignal): Promise<void> => {
    life ??= await startServer(defect, { clock, store: storage.open(), port })
    // An answer later, whoever had a connection to the life before knows that it has none.
    await awaitHealth(endpoints, READY_SECONDS, signal, () => false)
  }
  const end = async (): Promise<void> => {
    storage.cut()
    firings += life?.firings() ?? 0
    await life?.stop()
    life = undefined
  }
  await start(new AbortController().signal)
  const launcher: Launcher = {
    ...attach(endpoints),
    kind: 'process',
    forgets: undefined,
    storage: storage.hand,
    start,
    kill: end,
    stop: end,
    continue: () => Promise.resolve(),
    dispose: end,
  }
  return { launcher, firings: () => firings + (life?.firings() ?? 0), stop: end }
}

interface Storage {
  readonly hand: StorageSwitch
  /** The storage as a server has it, for as long as that lives. */
  open(): Store
  /** What that server has not stored by now it will not. */
  cut(): void
}

/** A write that waits for storage to work again. */
interface Held {
  readonly go: () => void
  readonly fail: (error: StoreError) => void
}

function createStorage(kept: Store, clock: Clock): Storage {
  let mode: StorageMode = { mode: 'normal' }
  let struck = 0
  let life = 0
  const waiting = new Set<Held>()
  const letGo = (act: (each: Held) => void): void => {
    for (const each of [...waiting]) {
      waiting.delete(each)
      act(each)
    }
  }
  const wait = (milliseconds = Number.POSITIVE_INFINITY): Promise<void> =>
    new Promise((go, fail) => {
      const each = { go, fail }
      waiting.add(each)
      if (Number.isFinite(milliseconds)) clock.timer(milliseconds, () => waiting.delete(each) && go())
    })
  const failure = (): StoreError => new StoreError('failed', 'the storage failed')
  const closed = (): StoreError => new StoreError('closed', 'the server is gone')

  async function commit(writes: readonly Write[]): Promise<void> {
    if (mode.mode !== 'normal') struck += 1
    switch (mode.mode) {
      case 'normal':
        return await kept.commit(writes)
      case 'held':
        await wait()
        return await kept.commit(writes)
      case 'slow':
        await wait(mode.milliseconds)
        return await kept.commit(writes)
      case 'failing':
        throw failure()
      case 'losing':
        return
    }
  }

  return {
    hand: {
      set(next) {
        mode = next
        if (next.mode === 'failing') letGo(({ fail }) => fail(failure()))
        else if (next.mode !== 'held') letGo(({ go }) => go())
      },
      get held() {
        return mode.mode === 'held' ? waiting.size : 0
      },
      get struck() {
        return struck
      },
    },
    cut() {
      life += 1
      letGo(({ fail }) => fail(closed()))
    },
    open() {
      let isHealthy = true
      const own = life
      return {
        ...kept,
        // One that has failed says nothing more, until the server starts anew.
        async commit(writes) {
          if (own !== life) throw closed()
          if (!isHealthy) throw failure()
          try {
            await commit(writes)
          } catch (error) {
            isHealthy = false
            throw error
          }
        },
        healthy: () => isHealthy,
        close: () => Promise.resolve(),
      }
    },
  }
}
