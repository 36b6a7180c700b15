import { isDomain } from '../http/hooks/basin-host.ts'
import { CORS, type Cors } from '../http/hooks/cors.ts'
import { isLoopbackHost } from '../http/hooks/host-guard.ts'
import { LOG_LEVELS, type LogLevel } from '../log.ts'
import type { Flavor } from '../semantics/resources/flavor.ts'
import type { Locations } from '../semantics/resources/locations.ts'
import { type Ageing, parseAgeing } from './ageing-option.ts'
import { type Flags, helpOf, type Option, parseFlags, UsageError } from './command-line.ts'
import { LIMITS_IN_WORDS, parseFlavor } from './flavor-option.ts'
import { parseAppendsInFlight } from './inflight-option.ts'
import { parseLocations } from './locations-option.ts'
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

const OPTIONS: readonly Option[] = [
  { name: 'host', value: 'HOST', help: 'name or address to listen on (default 127.0.0.1)' },
  { name: 'port', value: 'PORT', help: 'port to listen on, 0 for a free one (default 8080)' },
  { name: 'data-dir', value: 'DIR', help: 'keep the data in this directory (default: in memory)' },
  {
    name: 'local-root',
    value: 'DIR',
    help: 'the same as --data-dir, under the name that s2-lite has for it',
  },
  {
    name: 'check',
    value: 'DIR',
    help: 'read all the data in this directory, print what is damaged, change nothing, and exit',
  },
  { name: 'cors', value: 'WHOSE', help: 'web pages to let in: none, loopback (the default) or any' },
  { name: 'no-cors', help: 'the same as --cors none' },
  { name: 'tls-self', help: 'speak TLS, with a new certificate that clients must be told to trust' },
  { name: 'tls-cert', value: 'FILE', help: 'speak TLS with this certificate in PEM; needs --tls-key' },
  { name: 'tls-key', value: 'FILE', help: 'the private key of the certificate, in PEM' },
  {
    name: 'init-file',
    value: 'FILE',
    help: 'JSON with basins and streams to create or update before listening (also S2LITE_INIT_FILE)',
  },
  { name: 'flavor', value: 'NAME', help: 'behave like lite (the default) or hosted, where these differ' },
  {
    name: 'limits',
    value: 'LIST',
    help: `other limits than the flavor has: ${LIMITS_IN_WORDS}`,
  },
  {
    name: 'locations',
    value: 'LIST',
    help: 'where basins can be, the default first: NAME or NAME=private (default: the public ones of S2)',
  },
  { name: 'basin-domain', value: 'DOMAIN', help: 'let names such as my-basin.DOMAIN choose the basin' },
  {
    name: 'append-inflight-bytes',
    value: 'SIZE',
    help: 'appends not yet durable, in memory; more of them wait (default 128MiB, at least 1MiB)',
  },
  {
    name: 'sweep-interval',
    value: 'SECONDS',
    help: 'how often records past their retention, and empty streams, are looked for (default 10)',
  },
  {
    name: 'delete-on-empty-grace',
    value: 'SECONDS',
    help: 'how much longer than its minimum age a stream stays empty before it is deleted (default 600)',
  },
  { name: 'auth', help: 'ask for access tokens; S2_ROOT_TOKEN is the first, or one is made up and shown' },
  { name: 'root-token-file', value: 'FILE', help: 'with --auth: read the first access token from this file' },
  {
    name: 'insecure',
    help: 'allow a host that is not loopback without --auth: whoever reaches it may read and write',
  },
  {
    name: 'log-level',
    value: 'LEVEL',
    help: `least that is logged to stderr: ${LOG_LEVELS.join(', ')} (default warn)`,
  },
  {
    name: 'docs',
    help: 'serve the specification by example at /docs, with requests that can be sent from the pages',
  },
  { name: 'version', help: 'print the version' },
  { name: 'help', help: 'show this text' },
]

/** Laid out as that of the other commands. */
export const HELP: string = [
  's2-reference-server [options]',
  'serves the S2 API on one port, over HTTP/1.1 and HTTP/2, until it is told to stop',
  '',
  'Options:',
  helpOf(OPTIONS),
  '',
  'Examples:',
  '  s2-reference-server --data-dir data',
  '  s2-reference-server --check data',
  '  s2-reference-server --port 0 --flavor hosted --auth --limits basin-setup=0,append-batches=none',
  '',
  'Exit codes: 0 stopped as it was told to, 2 wrong usage, 3 could not start, or was cut short; with --check 0 sound, 1 damaged, 2 cannot be opened.',
].join('\n')

/** Throws `UsageError`. */
export function parseSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Settings | CheckSettings | 'help' | 'version' {
  // Whatever else is wrong with the line, whoever asks is told.
  if (args.includes('--help') || args.includes('-h')) return 'help'
  const flags = parseFlags(args, OPTIONS)
  if (flags.has('version')) return 'version'
  const check = flags.get('check')
  if (check !== undefined) {
    if (flags.size > 1) throw new UsageError('--check DIR goes with no other option')
    return { check }
  }
  const host = flags.get('host') ?? '127.0.0.1'
  if (!isLoopbackHost(host) && !flags.has('auth') && !flags.has('insecure')) {
    throw new UsageError(`--host ${host} is not a loopback address, which needs --auth or --insecure`)
  }
  return {
    host,
    port: parsePort(flags.get('port') ?? '8080'),
    dataDir: parseDataDir(flags),
    cors: parseCors(flags),
    tls: parseTls(flags),
    initFile: flags.get('init-file') ?? (env.S2LITE_INIT_FILE || undefined),
    flavor: parseFlavor(flags.get('flavor') ?? 'lite', flags.get('limits') ?? ''),
    locations: parseLocations(flags.get('locations')),
    basinDomain: parseDomain(flags.get('basin-domain')),
    appendsInFlight: parseAppendsInFlight(flags.get('append-inflight-bytes')),
    ageing: parseAgeing(flags),
    logLevel: parseLogLevel(flags.get('log-level') ?? 'warn'),
    docs: flags.has('docs'),
    auth: parseAuth(flags),
  }
}

function parseAuth(flags: Flags): Settings['auth'] {
  const rootTokenFile = flags.get('root-token-file')
  if (flags.has('auth')) return { rootTokenFile }
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

function parseDataDir(flags: Flags): string | undefined {
  if (flags.has('data-dir') && flags.has('local-root'))
    throw new UsageError('--data-dir and --local-root name the same directory: give one of them')
  return flags.get('data-dir') ?? flags.get('local-root')
}

/** CP-RT-050, CP-RT-051. */
function parseCors(flags: Flags): Cors {
  const text = flags.get('cors') ?? (flags.has('no-cors') ? 'none' : 'loopback')
  if (flags.has('no-cors') && text !== 'none') {
    throw new UsageError(`--no-cors and --cors ${text} exclude each other`)
  }
  const cors = CORS.find((candidate) => candidate === text)
  if (cors === undefined) throw new UsageError(`--cors is one of ${CORS.join(', ')}, not "${text}"`)
  return cors
}
