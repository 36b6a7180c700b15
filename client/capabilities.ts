import { messageOf } from '../kit/message-of.ts'
import { stringifyJson } from '../proto/json.ts'
import type { Capability } from './capability.ts'
import { createSendRaw } from './clients/raw.ts'
import { type Connections, createExchange } from './exchange.ts'
import { NotApplicableError } from './failures.ts'
import type { Launcher } from './launch/launcher.ts'
import type { SendRaw } from './raw.ts'
import { TargetError } from './target-error.ts'
import type { Recorder } from './transcript.ts'

export interface Discovered {
  readonly capabilities: ReadonlySet<Capability>
  /** Why a capability is absent. */
  readonly absent: ReadonlyMap<Capability, string>
  /** Why it could not be found out whether one is there: a target in trouble has not said that it lacks anything. */
  readonly undecided: ReadonlyMap<Capability, string>
}

/** Longest wait for an answer that decides about a capability. */
const PROBE_SECONDS = 5

/** Names of this run: a basin that exists, and those that discovery may create. */
export interface DiscoveryBasins {
  readonly existing: string
  readonly spare: string
  /** Another, with streams that keep their records for ever. */
  readonly eternal: string
}

/** Asks a target that has been recognised what it can do. */
export async function discoverCapabilities(
  connections: Connections,
  launcher: Pick<Launcher, 'forgets' | 'storage' | 'unwatchable'>,
  basins: DiscoveryBasins,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<Discovered> {
  const exchange = createExchange({ ...connections, requestSeconds: PROBE_SECONDS }, recorder, signal)
  const get = async (path: string): Promise<Outcome> => {
    const { status } = await createSendRaw(exchange)({ method: 'GET', path })
    return outcomeOf(status, LACKING, `GET ${path} answered ${status}`)
  }
  const encrypts = async (): Promise<Outcome> => {
    const body = stringifyJson({ basin: basins.spare, config: { stream_cipher: 'aegis-256' } })
    const { status } = await createSendRaw(exchange)({ method: 'POST', path: '/basins', body })
    return outcomeOf(status, REFUSING, `POST /basins with a stream_cipher answered ${status}`)
  }
  const asksForTokens = async (): Promise<Outcome> => {
    const anonymous = { method: 'GET', path: '/basins?limit=1', without: ['authorization'] }
    const { status } = await createSendRaw(exchange)(anonymous)
    if (status === 401 || status === 403) return PRESENT
    return outcomeOf(status, OPEN, `GET /basins without a token answered ${status}`)
  }
  const isFree = async (): Promise<Outcome> => {
    const config = { default_stream_config: { retention_policy: { infinite: {} } } }
    const body = stringifyJson({ basin: basins.eternal, config })
    const { status, error } = await createSendRaw(exchange)({ method: 'POST', path: '/basins', body })
    if (status === 422 && error?.message?.includes('free tier') === true) return PRESENT
    const why = `POST /basins with infinite retention answered ${status}`
    const { is } = outcomeOf(status, REFUSING, why)
    return { is: is === 'undecided' ? is : 'absent', why }
  }
  const found: readonly (readonly [Capability, Outcome])[] = await Promise.all([
    ask('http2', () => speaksHttp2(createSendRaw(exchange, basins.existing)), signal),
    ask('access-tokens', () => get('/access-tokens?limit=1'), signal),
    ask('metrics', () => get('/metrics?set=active-basins'), signal),
    ask('locations', () => get('/locations'), signal),
    ask('encryption', encrypts, signal),
    ask('authentication', asksForTokens, signal),
    ask('free-tier', isFree, signal),
    ['basin-hosts', hasHosts(connections)] as const,
    ['restart', canRestart(launcher)] as const,
    ['storage', canStall(launcher)] as const,
    ['power-cut', canCutPower(launcher)] as const,
    // Without basins there is no run, so whoever gets here can create them.
    ['basins', connections.only === undefined ? PRESENT : { is: 'absent', why: NO_BASINS }] as const,
  ])
  const those = (is: Outcome['is']): Map<Capability, string> =>
    new Map(found.filter(([, outcome]) => outcome.is === is).map(([name, { why }]) => [name, why]))
  return {
    capabilities: new Set(those('present').keys()),
    absent: those('absent'),
    undecided: those('undecided'),
  }
}

/** What was found out about one capability, and from what. */
interface Outcome {
  readonly is: 'present' | 'absent' | 'undecided'
  readonly why: string
}

const NO_BASINS = 'the run makes no basin, as --basin asks'
const PRESENT: Outcome = { is: 'present', why: '' }

/** Not there, not allowed, not implemented. */
const LACKING: ReadonlySet<number> = new Set([403, 404, 405, 501])
/** Of a basin that would be created with a setting: that setting is not known, either. */
const REFUSING: ReadonlySet<number> = new Set([...LACKING, 400, 422])
/** Whoever brings no token is served, or is told something that has nothing to do with it. */
const OPEN: ReadonlySet<number> = new Set([200, 400, 404, 405, 501])
/** Of the moment, as is every 5xx that does not say "not implemented". */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429])

function outcomeOf(status: number, lacking: ReadonlySet<number>, why: string): Outcome {
  if (lacking.has(status)) return { is: 'absent', why }
  return status >= 500 || PASSING.has(status) ? { is: 'undecided', why } : PRESENT
}

async function ask(
  capability: Capability,
  question: () => Promise<Outcome>,
  signal: AbortSignal,
): Promise<readonly [Capability, Outcome]> {
  try {
    return [capability, await question()]
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (error instanceof NotApplicableError) return [capability, { is: 'absent', why: error.message }]
    return [capability, { is: 'undecided', why: messageOf(error) }]
  }
}

/** Whatever the answer says, it came over HTTP/2. */
async function speaksHttp2(send: SendRaw): Promise<Outcome> {
  try {
    await send({ method: 'GET', path: '/streams?limit=1', http: '2' })
    return PRESENT
  } catch (error) {
    if (!(error instanceof TargetError && refusesHttp2(error))) throw error
    return { is: 'absent', why: error.message }
  }
}

/** Whether the connection was made and no HTTP/2 was spoken on it; what breaks the protocol speaks it. */
function refusesHttp2({ code, cause }: TargetError): boolean {
  const unreached = cause instanceof Error && 'code' in cause && UNREACHED.test(String(cause.code))
  return code === 'refused' && !unreached
}

const UNREACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOST\w+|ENET\w+|ETIMEDOUT|EADDRNOTAVAIL|EMFILE|ENFILE|ENOBUFS)$/

function hasHosts({ endpoints }: Pick<Connections, 'endpoints'>): Outcome {
  return endpoints.basinHeader
    ? { is: 'absent', why: 'basins are named by a header: give a --basin-endpoint with {basin}' }
    : PRESENT
}

const canRestart = ({ forgets }: Pick<Launcher, 'forgets'>): Outcome =>
  forgets === undefined ? PRESENT : { is: 'absent', why: forgets }

const canStall = ({ storage }: Pick<Launcher, 'storage'>): Outcome =>
  storage === undefined ? { is: 'absent', why: 'the launched command takes no {bucket}' } : PRESENT

const canCutPower = ({ unwatchable }: Pick<Launcher, 'unwatchable'>): Outcome =>
  unwatchable === undefined ? PRESENT : { is: 'absent', why: unwatchable }
