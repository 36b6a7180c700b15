import type { Given } from '../../kit/cli/command.ts'
import { asksForHelp } from '../../kit/cli/command-line.ts'
import { optionNames, parseGiven } from '../../kit/cli/parse.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { isDomain } from '../http/hooks/basin-host.ts'
import { CORS, type Cors } from '../http/hooks/cors.ts'
import { isLoopbackHost } from '../http/hooks/host-guard.ts'
import { LOG_LEVELS, type LogLevel } from '../log.ts'
import type { Flavor } from '../semantics/resources/flavor.ts'
import type { Locations } from '../semantics/resources/locations.ts'
import { type Ageing, parseAgeing } from './ageing-option.ts'
import { parseFlavor } from './flavor-option.ts'
import { parseAppendsInFlight } from './inflight-option.ts'
import { parseLocations } from './locations-option.ts'
import { SERVE } from './options.ts'
import { parseTls, type TlsOption } from './tls-option.ts'

/** What the command line of `s2-reference-server` says. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly dataDir: string | undefined
  readonly cors: Cors
  readonly tls: TlsOption
  /** Of basins and streams that shall be there. */
  readonly initFile: string | undefined
  readonly flavor: Flavor
  readonly locations: Locations
  /** Names below it choose a basin. */
  readonly basinDomain: string | undefined
  /** Bytes. */
  readonly appendsInFlight: number
  readonly ageing: Ageing
  readonly logLevel: LogLevel
  /** Serve the specification by example. */
  readonly docs: boolean
  /** Ask for access tokens; undefined asks for none. */
  readonly auth: { readonly rootTokenFile: string | undefined } | undefined
}

/** The data directory to check instead of serving. */
export interface CheckSettings {
  readonly check: string
}

/** Throws `UsageError`. */
export function parseSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Settings | CheckSettings | 'help' | 'version' {
  if (asksForHelp(args)) return 'help'
  if (args[0] === '-V') return 'version'
  const given = parseGiven(SERVE, args, env)
  if (given.flag('version')) return 'version'
  const check = given.text('check')
  if (check !== undefined) {
    if (optionNames(SERVE, args).size > 1) throw new UsageError('--check DIR goes with no other option')
    return { check }
  }
  const host = given.text('host') ?? ''
  if (!isLoopbackHost(host) && !given.flag('auth') && !given.flag('insecure')) {
    throw new UsageError(`--host ${host} is not a loopback address, which needs --auth or --insecure`)
  }
  return {
    host,
    port: parsePort(given.text('port') ?? ''),
    dataDir: parseDataDir(given),
    cors: parseCors(given),
    tls: parseTls(given),
    initFile: given.text('init-file'),
    flavor: parseFlavor(given.text('flavor') ?? '', given.text('limits') ?? ''),
    locations: parseLocations(given.text('locations')),
    basinDomain: parseDomain(given.text('basin-domain')),
    appendsInFlight: parseAppendsInFlight(given.text('append-inflight-bytes')),
    ageing: parseAgeing(given),
    logLevel: parseLogLevel(given.text('log-level') ?? ''),
    docs: given.flag('docs'),
    auth: parseAuth(given),
  }
}

function parseAuth(given: Given): Settings['auth'] {
  const rootTokenFile = given.text('root-token-file')
  if (given.flag('auth')) return { rootTokenFile }
  if (rootTokenFile !== undefined) throw new UsageError('--root-token-file needs --auth')
  return undefined
}

function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((candidate) => candidate === text)
  if (level === undefined) {
    throw new UsageError(`--log-level is one of ${LOG_LEVELS.join(', ')}, not "${text}"`)
  }
  return level
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new UsageError(`--port is a whole number from 0 to 65535, not "${text}"`)
}

/** In lower case, as names in requests are compared. */
function parseDomain(text: string | undefined): string | undefined {
  const domain = text?.toLowerCase()
  if (domain === undefined || isDomain(domain)) return domain
  throw new UsageError(`--basin-domain is a domain name such as b.localhost, not "${text}"`)
}

function parseDataDir(given: Given): string | undefined {
  if (given.flag('data-dir') && given.flag('local-root'))
    throw new UsageError('--data-dir and --local-root name the same directory: give one of them')
  return given.text('data-dir') ?? given.text('local-root')
}

/** CP-RT-050, CP-RT-051. */
function parseCors(given: Given): Cors {
  const text = given.text('cors') ?? (given.flag('no-cors') ? 'none' : 'loopback')
  if (given.flag('no-cors') && text !== 'none') {
    throw new UsageError(`--no-cors and --cors ${text} exclude each other`)
  }
  const cors = CORS.find((candidate) => candidate === text)
  if (cors === undefined) throw new UsageError(`--cors is one of ${CORS.join(', ')}, not "${text}"`)
  return cors
}
