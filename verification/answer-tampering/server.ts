import { setTimeout as delay } from 'node:timers/promises'
import { singleEndpoint } from '../../client/endpoints.ts'
import type { Connections } from '../../client/exchange.ts'
import { faultyWiresBy } from '../../client/faults/faulty-wires.ts'
import { createInventory } from '../../client/inventory.ts'
import { attach } from '../../client/launch/attached.ts'
import type { Launcher } from '../../client/launch/launcher.ts'
import { createRedactor } from '../../client/redact.ts'
import { prepareTarget } from '../../client/run/prepare-target.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import { createHttp1 } from '../../client/wire/http1.ts'
import { createHttp2 } from '../../client/wire/http2.ts'
import { type Clock, realClock } from '../../kit/clock.ts'
import type { Clock as ServerClock } from '../../reference-server/environment.ts'
import { LONGEST_TIMER } from '../../reference-server/longest-timer.ts'
import { createServer, type ReferenceServer, type ServerOptions } from '../../reference-server/server.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import type { Store } from '../../reference-server/store/store.ts'

/** A healthy server in this process, made ready as any target is. */
export interface HealthyTarget {
  readonly target: RunTarget
  /** The time that checks see; that of the server passes as fast. */
  readonly clock: Clock
  stop(): Promise<void>
}

/** What the server is told to be, beside what each of them is. */
export type Service = Pick<ServerOptions, 'auth' | 'flavor'>

/** `speed`: how many seconds of the server and of its checks pass in one. */
export async function startHealthy(
  runId: string,
  speed: number,
  service: Service = {},
): Promise<HealthyTarget> {
  const store = await openMemoryStore()
  const clock = fastClock(speed)
  const launcher = await launchHere(withLatency(store), clock.ofServer, service)
  const connections: Connections = {
    endpoints: launcher.endpoints,
    token: service.auth?.rootToken,
    http1: createHttp1(),
    http2: createHttp2(),
    faulty: faultyWiresBy(),
    requestSeconds: 20,
    // A machine that is busy is no slow server.
    clock: realClock,
  }
  const target = await prepareTarget({
    connections,
    launcher,
    inventory: createInventory(runId),
    redactor: createRedactor([]),
    signal: new AbortController().signal,
  })
  return {
    target,
    clock: clock.ofChecks,
    async stop() {
      await launcher.stop()
      await store.close()
      await Promise.all([connections.http1.close(), connections.http2.close()])
    },
  }
}

/** A server that can be killed and started again on the same store, at the same port. */
async function launchHere(store: Store, clock: ServerClock, service: Service): Promise<Launcher> {
  const shared: Store = { ...store, close: () => Promise.resolve() }
  let running: ReferenceServer | undefined
  let port = 0
  const start = async (): Promise<string> => {
    running = await createServer({
      data: { store: shared },
      clock,
      options: { port, cors: 'any', backend: PROMPT, ...service },
    })
    return await running.start()
  }
  const url = await start()
  port = Number(new URL(url).port)
  const stop = async (): Promise<void> => {
    await running?.stop()
    running = undefined
  }
  return {
    ...attach(singleEndpoint(url)),
    kind: 'process',
    forgets: undefined,
    start: async () => void (running === undefined && (await start())),
    kill: stop,
    stop,
    dispose: stop,
  }
}

/** What is due comes soon. */
const PROMPT = { sweepInterval: 1000, deleteOnEmptyGrace: 0, trimDelay: 200 }

const COMMIT_MS = 2

/** A commit takes as long as one on a disk, so that clients overlap as they would anywhere else. */
function withLatency(store: Store): Store {
  return {
    ...store,
    async commit(writes) {
      await store.commit(writes)
      await delay(COMMIT_MS)
    },
  }
}

/** The same time for a server and its checks, which passes `speed` times as fast as it does elsewhere. */
function fastClock(speed: number): { readonly ofServer: ServerClock; readonly ofChecks: Clock } {
  const begun = performance.now()
  const passed = (): number => (performance.now() - begun) * speed
  const epoch = Date.now()
  return {
    ofServer: {
      now: () => BigInt(Math.floor(epoch + passed())),
      timer(milliseconds, fire) {
        const handle = setTimeout(fire, milliseconds > LONGEST_TIMER ? milliseconds : milliseconds / speed)
        return () => clearTimeout(handle)
      },
    },
    ofChecks: {
      now: passed,
      after: (milliseconds, fire) => realClock.after(milliseconds / speed, fire),
    },
  }
}
