import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Random } from '../kit/random.ts'
import type { Backend } from './backend/backend.ts'
import { type BackendParts, createBackend } from './backend/create-backend.ts'
import type { BackendOptions } from './backend/options.ts'
import type { Resources } from './backend/resources.ts'
import {
  type Clock,
  type NewSecret,
  type Stopwatch,
  systemClock,
  systemRandom,
  systemSecret,
  systemStopwatch,
} from './environment.ts'
import { describeFault } from './fault.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import { createApp } from './http/app.ts'
import type { Certificate } from './http/connections/certificate.ts'
import { shutDownGracefully } from './http/connections/graceful-shutdown.ts'
import { createListener } from './http/connections/listener.ts'
import { type BoundsOptions, createBounds, DEFAULT_BOUNDS } from './http/flow-control/bounds.ts'
import { openAccess, requireTokens } from './http/hooks/access-control.ts'
import type { Cors } from './http/hooks/cors.ts'
import { isLoopbackHost } from './http/hooks/host-guard.ts'
import { createInstruments } from './http/hooks/instruments.ts'
import type { Docs } from './http/resources/docs.ts'
import type { Services } from './http/services.ts'
import { wire as specifiedWire, type Wire } from './http/wire.ts'
import type { RequestLog } from './inspection/request-log.ts'
import { type Log, silentLog } from './log.ts'
import type { Flavor } from './semantics/resources/flavor.ts'
import { type Rules, rules as specifiedRules } from './semantics/rules.ts'
import type { Store, Sync } from './store/store.ts'

/** What a server is made of. A seeded defect replaces the rules, the store or the wire. */
export interface ServerParts {
  /** Closed when the server stops. */
  readonly data: { readonly store: Store } | { readonly backend: Backend }
  readonly rules?: Rules
  readonly wire?: Wire
  readonly clock?: Clock
  readonly random?: Random
  /** Measures latencies for operators; no behaviour depends on it. */
  readonly stopwatch?: Stopwatch
  /** Where the secrets of access tokens come from. */
  readonly newSecret?: NewSecret
  readonly options?: ServerOptions
  /** By default nothing is logged. */
  readonly log?: Log
  /** Faults that the caller plans. By default none can be planned. */
  readonly faults?: FaultPlan
  /** Keeps the last requests for the caller. By default they are not kept. */
  readonly requests?: RequestLog
  /** Called with mistakes of the server's own; by default they are logged, without what they say. */
  readonly report?: (error: unknown) => void
}

export type OpenData = () => Promise<ServerParts['data']>

export interface ServerOptions {
  /** Default 127.0.0.1. On a loopback address only requests made for a loopback host are served. */
  readonly host?: string
  /** Default 0: one that is free. */
  readonly port?: number
  /** Default loopback. */
  readonly cors?: Cors
  /** Instead of that of the rules. */
  readonly flavor?: Flavor
  /** Domain below which names choose the basin (`my-basin.b.localhost`), besides `s2-basin`. */
  readonly basinDomain?: string | undefined
  /** What it holds for all its clients together. */
  readonly bounds?: Partial<BoundsOptions>
  /**
   * Ask every request of the API for an access token: this one, which permits everything, or one that was issued. Default: ask
   * for none, and let everybody do everything.
   */
  readonly auth?: { readonly rootToken: string }
  /** What shall be there before the server listens. */
  readonly init?: Resources | undefined
  /** Pages to serve below `/docs/`. Default: none. */
  readonly docs?: Docs | undefined
  /** Speak TLS only, with this certificate. */
  readonly tls?: Certificate
  /** Of the backend that is made for a store. */
  readonly backend?: Partial<BackendOptions>
}

export interface ReferenceServer {
  /** Listens, and tells where: `http://127.0.0.1:8080`. Rejects with Node's error if the address cannot be had. */
  start(): Promise<string>
  /**
   * Accepts nothing more, lets what is under way finish and ends sessions so that their clients know where they are, for
   * at most `graceMs` (by default not at all); then cuts the rest and closes the store. Called again, it waits for the
   * same end, and without grace brings it about.
   */
  stop(graceMs?: number): Promise<void>
  /**
   * Continues with other data at the same address, as after a start. Connections are cut and the previous data closed. Resets
   * that overlap run in their order. Rejects once the server stops.
   */
  reset(openData: OpenData): Promise<void>
  /** Serves the requests that arrive now. */
  backend(): Backend
}

/** Rejects with `StoreError` if the store cannot be read, with `InitError` if what shall be there cannot be. */
export async function createServer(parts: ServerParts): Promise<ReferenceServer> {
  const { clock = systemClock, log = silentLog } = parts
  const { host = '127.0.0.1', port = 0, auth, tls } = parts.options ?? {}
  let serving = await createServing(parts)
  const door = createListener(serving.app.server, serving.services, tls)
  let stopped: Promise<void> | undefined
  let resets: Promise<void> = Promise.resolve()
  const replace = async (openData: OpenData): Promise<void> => {
    const before = serving
    const next = await createServing({ ...parts, data: await openData() })
    await next.app.ready()
    serving = next
    await door.replace(next.app.server)
    await close(before)
  }
  const stop = async (graceMs: number): Promise<void> => {
    await resets
    await shutDownGracefully(door, serving.services.backend.drain, clock, graceMs, log)
    await close(serving)
    log.info({}, 'stopped')
  }
  return {
    async start() {
      await serving.app.ready()
      const url = urlOf(tls === undefined ? 'http' : 'https', await door.listen(port, host))
      log.info({ url, auth: auth !== undefined }, 'listening')
      return url
    },
    stop(graceMs = 0) {
      if (graceMs === 0) door.cut()
      stopped ??= stop(graceMs)
      return stopped
    },
    reset(openData) {
      if (stopped !== undefined) return Promise.reject(new Error('the server is closed'))
      resets = resets.then(() => replace(openData))
      const done = resets
      resets = resets.catch(() => {})
      return done
    },
    backend: () => serving.services.backend,
  }
}

/** All but the sockets: a reset replaces it. */
interface Serving {
  readonly services: Services
  readonly app: FastifyInstance
}

async function createServing(parts: ServerParts): Promise<Serving> {
  const { wire = specifiedWire, clock = systemClock, stopwatch = systemStopwatch, log = silentLog } = parts
  const { report = (error) => log.error({ fault: describeFault(error) }, 'a fault of the server') } = parts
  const { faults, requests } = parts
  const { host = '127.0.0.1', cors = 'loopback', basinDomain, docs, auth } = parts.options ?? {}
  const rules = rulesOf(parts)
  const backend = await backendOf(parts, { rules, clock, report })
  const instruments = createInstruments(backend.activity)
  if ('store' in parts.data) watchStore(parts.data.store, instruments.synced, log)
  const access = auth === undefined ? openAccess : requireTokens(auth.rootToken, backend)
  const bounds = createBounds({ ...DEFAULT_BOUNDS, ...parts.options?.bounds }, clock)
  const services = {
    backend,
    rules,
    wire,
    clock,
    stopwatch,
    access,
    instruments,
    bounds,
    log,
    report,
    faults,
    requests,
  }
  return {
    services,
    app: createApp(services, { loopbackOnly: isLoopbackHost(host), cors, basinDomain, docs }),
  }
}

async function close({ app, services }: Serving): Promise<void> {
  await app.close()
  await services.backend.close()
}

/** Whoever runs the server learns from the log why it answers 500 from now on: the disk is full, or broken. */
function watchStore(store: Store, synced: (sync: Sync) => void, log: Log): void {
  store.onSync?.(synced)
  store.onFailure?.((error) => log.error({ fault: describeFault(error) }, 'the store has failed'))
}

function rulesOf({ rules = specifiedRules, options }: ServerParts): Rules {
  return options?.flavor === undefined ? rules : { ...rules, flavor: options.flavor }
}

async function backendOf(
  { data, random = systemRandom, newSecret = systemSecret, options, log = silentLog }: ServerParts,
  shared: Pick<BackendParts, 'rules' | 'clock' | 'report'>,
): Promise<Backend> {
  if ('backend' in data) return data.backend
  return createBackend({
    ...shared,
    store: data.store,
    random,
    newSecret,
    options: options?.backend ?? {},
    init: options?.init,
    onDamage: (finding) => log.error({ fault: describeFault(finding) }, DAMAGED),
  })
}

const DAMAGED =
  'the stored data is damaged: stop the server, run --check DIR, restore the directory from a backup'

function urlOf(scheme: 'http' | 'https', { address, family, port }: AddressInfo): string {
  return family === 'IPv6' ? `${scheme}://[${address}]:${port}` : `${scheme}://${address}:${port}`
}
