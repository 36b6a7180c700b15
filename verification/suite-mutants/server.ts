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

/** What a server is given; the rest is its own. */
export interface Surroundings {
  /** One that it can share with its checks; the system's unless told. */
  readonly clock?: Clock
  /** It asks for tokens, of which this one permits everything. */
  readonly rootToken?: string
  /** Unless told, memory that ends with it. */
  readonly store?: Store
  /** Unless told, one that is free. */
  readonly port?: number
}

/** The reference server in this process, with the defect or healthy. */
export async function startServer(defect?: Defect, surroundings: Surroundings = {}): Promise<TestServer> {
  const { fired, count } = countFirings()
  const breaking = (healthy: Seams): Seams =>
    defect === undefined ? healthy : breakSeam(healthy, defect, fired)
  return { ...(await serve(breaking, surroundings)), firings: count }
}

/** The same of the parts that `change` makes of the healthy ones. */
export async function serve(
  change: (healthy: Seams) => Seams,
  { clock = systemClock, rootToken, port = 0, ...given }: Surroundings = {},
): Promise<Omit<TestServer, 'firings'>> {
  const kept = given.store ?? withLatency(await openMemoryStore(), clock)
  const { store, ...parts } = change({ rules, wire, store: kept })
  const options = { ...OPTIONS, port, ...(rootToken !== undefined && { auth: { rootToken } }) }
  const server = await createServer({ ...parts, clock, data: { store }, options })
  return { url: await server.start(), stop: () => server.stop() }
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
