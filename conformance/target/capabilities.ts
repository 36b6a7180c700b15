import { stringifyJson } from '../../proto/json.ts'
import type { Capability } from '../requirement.ts'
import { createSendRaw } from './clients/raw.ts'
import { type Connections, createExchange } from './exchange.ts'
import type { Launcher } from './launch/launcher.ts'
import type { Recorder } from './transcript.ts'

export interface Discovered {
  readonly capabilities: ReadonlySet<Capability>
  /** Why a capability is absent. */
  readonly absent: ReadonlyMap<Capability, string>
}

/** Longest wait for an answer that decides about a capability. */
const PROBE_SECONDS = 5

/** Names of this run: a basin that exists, and one that discovery may create. */
export interface DiscoveryBasins {
  readonly existing: string
  readonly spare: string
}

/** Asks a target that has been recognised what it can do. */
export async function discoverCapabilities(
  connections: Connections,
  launcher: Pick<Launcher, 'kind' | 'dataDirectory'>,
  basins: DiscoveryBasins,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<Discovered> {
  const exchange = createExchange({ ...connections, requestSeconds: PROBE_SECONDS }, recorder, signal)
  const get = async (path: string): Promise<string | undefined> => {
    const { status } = await createSendRaw(exchange)({ method: 'GET', path })
    return LACKING.has(status) ? `GET ${path} answered ${status}` : undefined
  }
  const speaksHttp2 = async (): Promise<string | undefined> => {
    await createSendRaw(exchange, basins.existing)({ method: 'GET', path: '/streams?limit=1', http: '2' })
    return undefined
  }
  const encrypts = async (): Promise<string | undefined> => {
    const body = stringifyJson({ basin: basins.spare, config: { stream_cipher: 'aegis-256' } })
    const { status } = await createSendRaw(exchange)({ method: 'POST', path: '/basins', body })
    return status === 201 ? undefined : `POST /basins with a stream_cipher answered ${status}`
  }
  const outcomes: readonly (readonly [Capability, string | undefined])[] = await Promise.all([
    outcome('http2', speaksHttp2, signal),
    outcome('access-tokens', () => get('/access-tokens?limit=1'), signal),
    outcome('metrics', () => get('/metrics?set=active-basins'), signal),
    outcome('locations', () => get('/locations'), signal),
    outcome('encryption', encrypts, signal),
    ['restart', whyNoRestart(launcher)] as const,
    // Without basins there is no run, so whoever gets here can create them.
    ['basins', undefined] as const,
  ])
  return {
    capabilities: new Set(outcomes.filter(([, why]) => why === undefined).map(([capability]) => capability)),
    absent: new Map(
      outcomes.flatMap(([capability, why]) => (why === undefined ? [] : [[capability, why] as const])),
    ),
  }
}

/** Not there, not allowed, not implemented. */
const LACKING: ReadonlySet<number> = new Set([403, 404, 405, 501])

async function outcome(
  capability: Capability,
  ask: () => Promise<string | undefined>,
  signal: AbortSignal,
): Promise<readonly [Capability, string | undefined]> {
  try {
    return [capability, await ask()]
  } catch (error) {
    if (signal.aborted) throw signal.reason
    return [capability, error instanceof Error ? error.message : String(error)]
  }
}

function whyNoRestart({ kind, dataDirectory }: Pick<Launcher, 'kind' | 'dataDirectory'>): string | undefined {
  if (kind === 'attached') return 'the target was not launched by this run: use --launch'
  return dataDirectory === undefined ? 'the launched command takes no {data_dir}' : undefined
}
