import { type BackendOptions, DEFAULT_OPTIONS } from './backend/options.ts'
import { checkOptions } from './check-options.ts'
import { type Clock, systemClock } from './environment.ts'
import { FakeClock, settle } from './fake-clock.ts'
import { FaultPlan } from './faults/fault-plan.ts'
import type { Faults } from './faults/faults.ts'
import { type Certificate, namesOf, selfSigned } from './http/connections/certificate.ts'
import type { Cors } from './http/hooks/cors.ts'
import { type InitSpec, parseInitSpec } from './init/init-spec.ts'
import { readRecords, type StoredRecord } from './inspection/records.ts'
import { type OpenSession, RequestLog, type SeenRequest } from './inspection/request-log.ts'
import { createLog, type LogLevel, upgraded } from './log.ts'
import { type Flavor, HOSTED, HOSTED_FREE_TIER, LITE, type Limits } from './semantics/resources/flavor.ts'
import type { Locations } from './semantics/resources/locations.ts'
import { rules } from './semantics/rules.ts'
import { createServer, type OpenData } from './server.ts'
import type { StartOptions } from './start-options.ts'
import { openDiskStore } from './store/disk.ts'
import { openMemoryStore } from './store/memory.ts'

export { InitError } from './backend/init-error.ts'
export type { FiredFault, PlannedFault } from './faults/faults.ts'
export type {
  CutReadOptions,
  DelayOptions,
  LoseAckOptions,
  RefuseOptions,
} from './faults/options.ts'
export { StoreError } from './store/store-error.ts'
export type {
  Certificate,
  Clock,
  Cors,
  FakeClock,
  Faults,
  InitSpec,
  Limits,
  Locations,
  LogLevel,
  OpenSession,
  SeenRequest,
  StoredRecord,
}

export interface StartedServer extends AsyncDisposable {
  /** `http://127.0.0.1:40123`: what S2's clients want for both endpoints. */
  readonly url: string
  /** The certificate that clients must trust, in PEM; undefined without TLS. */
  readonly certificate: string | undefined
  /**
   * Cuts what is under way and lets go of everything. With a grace it takes leave first: new requests are refused, requests
   * under way get their answers, sessions are advised to reconnect and then ended, until the grace is over.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>
  /** Faults that fire at the requests that match them. */
  readonly faults: Faults
  /** Returns the requests since the start or the last reset, oldest first. At most the last 1000. */
  requests(): readonly SeenRequest[]
  /**
   * Reads all records of a stream, as they are stored. Rejects with `TypeError` for names that are not valid, and with `Error`
   * if the stream does not exist or is encrypted.
   */
  records(basin: string, stream: string): Promise<readonly StoredRecord[]>
  /** Returns the append and read sessions that are open, oldest first. */
  sessions(): readonly OpenSession[]
  /**
   * Returns to the initial state: `init` is applied, connections are cut, sessions have ended, planned faults and seen
   * requests are forgotten. The address stays the same; so does the time of a fake clock. Rejects with `TypeError` if the
   * data are kept in a directory.
   */
  reset(): Promise<void>
}

/**
 * Starts a server in this process, ready to be asked when this resolves. Rejects with `TypeError` for options that are none or
 * contradict each other, with Node's error if the address cannot be had, with `StoreError` if the data cannot be read, and
 * with `InitError` if what shall be there cannot be.
 */
export async function startReferenceServer(options: StartOptions = {}): Promise<StartedServer> {
  checkOptions(options)
  const { clock = systemClock, log = ERRORS, init, dataDir, tls, appendsInFlight, ...rest } = options
  const { host = '127.0.0.1' } = options
  const basinDomain = options.basinDomain?.toLowerCase()
  const flavor = flavorOf(options)
  const resources = init === undefined ? undefined : parseInitSpec(init, { ...rules, flavor })
  const certificate = tls === 'self-signed' ? await selfSigned(namesOf(host, basinDomain)) : tls
  const logger = createLog(log.level, log.write, clock)
  const openData: OpenData = async () => ({
    store:
      dataDir === undefined
        ? await openMemoryStore()
        : await openDiskStore(dataDir, { onUpgrade: upgraded(logger) }),
  })
  const faults = new FaultPlan(clock)
  const requests = new RequestLog(clock)
  const server = await createServer({
    data: await openData(),
    clock,
    log: logger,
    faults,
    requests,
    options: {
      ...rest,
      flavor,
      basinDomain,
      ...(appendsInFlight !== undefined && { bounds: { appendsInFlight } }),
      init: resources,
      ...(certificate !== undefined && { tls: certificate }),
      backend: backendOptions(options),
    },
  })
  const close = (): Promise<void> => server.stop()
  const url = await server.start().catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    url,
    certificate: certificate?.cert,
    close: ({ graceMs = 0 } = {}) => server.stop(graceMs),
    faults,
    requests: () => requests.requests(),
    records: (basin, stream) => readRecords(server.backend(), basin, stream),
    sessions: () => requests.sessions(),
    async reset() {
      if (dataDir !== undefined) throw new TypeError('reset needs data in memory: start without dataDir')
      await server.reset(openData)
      await settle()
      faults.reset()
      requests.reset()
    },
    [Symbol.asyncDispose]: close,
  }
}

/** A clock that stands still, at a moment in Unix milliseconds, until its `advance` is called. */
export function fakeClock(now?: bigint): FakeClock {
  return new FakeClock(now)
}

const ERRORS: NonNullable<StartOptions['log']> = {
  level: 'error',
  write: (line) => process.stderr.write(`${line}\n`),
}

function flavorOf({ flavor = 'lite', freeTier = false, limits }: StartOptions): Flavor {
  const known = { lite: LITE, hosted: freeTier ? HOSTED_FREE_TIER : HOSTED }[flavor]
  return { ...known, limits: { ...known.limits, ...limits } }
}

function backendOptions(options: StartOptions): Partial<BackendOptions> {
  const { trimDelay, sweepInterval, deleteOnEmptyGrace, locations } = { ...DEFAULT_OPTIONS, ...options }
  return { trimDelay, sweepInterval, deleteOnEmptyGrace, locations }
}
