import { type Clock, systemClock } from '../../reference-server/environment.ts'
import { wire } from '../../reference-server/http/wire.ts'
import { rules } from '../../reference-server/semantics/rules.ts'
import { createServer } from '../../reference-server/server.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import type { Store } from '../../reference-server/store/store.ts'
import type { Defect, Fired, Seams } from './defect.ts'
import { countFirings } from './fired.ts'

export interface TestServer {
  readonly url: string
  /** How often the defect has decided something. */
  firings(): number
  stop(): Promise<void>
}

/** The reference server in this process, with the defect or healthy, on a clock that it can share with its checks. */
export async function startServer(defect?: Defect, clock: Clock = systemClock): Promise<TestServer> {
  const { fired, count } = countFirings()
  const healthy: Seams = { rules, wire, store: withLatency(await openMemoryStore(), clock) }
  const { store, ...parts } = defect === undefined ? healthy : breakSeam(healthy, defect, fired)
  const server = await createServer({ ...parts, clock, data: { store }, options: OPTIONS })
  return { url: await server.start(), firings: count, stop: () => server.stop() }
}

export function breakSeam(healthy: Seams, defect: Defect, fired: Fired): Seams {
  switch (defect.seam) {
    case 'rules':
      return { ...healthy, rules: defect.apply(healthy.rules, fired) }
    case 'store':
      return { ...healthy, store: defect.apply(healthy.store, fired) }
    case 'wire':
      return { ...healthy, wire: defect.apply(healthy.wire, fired) }
  }
}

const COMMIT_MS = 4

/** What is aged is removed within the time that rows give to it (AUT-014, CP-CFG-084). */
const OPTIONS = { cors: 'any', backend: { sweepInterval: 1000, deleteOnEmptyGrace: 0 } } as const

/** A commit takes as long as one on a disk, so that clients overlap as they would anywhere else. */
function withLatency(store: Store, clock: Clock): Store {
  return {
    ...store,
    async commit(writes) {
      await store.commit(writes)
      await new Promise<void>((resolve) => clock.timer(COMMIT_MS, resolve))
    },
  }
}
