import { isRootToken, ROOT_TOKEN_RULE } from './http/hooks/access-control.ts'
import { isDomain } from './http/hooks/basin-host.ts'
import { CORS } from './http/hooks/cors.ts'
import { isLoopbackHost } from './http/hooks/host-guard.ts'
import { LOG_LEVELS } from './log.ts'
import type { Limits } from './semantics/resources/flavor.ts'
import { checkLocationName } from './semantics/resources/names.ts'
import type { StartOptions } from './start-options.ts'

/** What an option may be, in words and as a test. */
interface Accepted {
  readonly words: string
  readonly is: (value: unknown) => boolean
}

/** Throws `TypeError`, which names the option and what it may be, and never a token or a key. */
export function checkOptions(options: StartOptions): void {
  checkFields('', options, OPTIONS)
  checkFields('limits.', options.limits ?? {}, LIMITS)
  const { host = '127.0.0.1', auth, insecure = false, freeTier = false, flavor = 'lite' } = options
  if (!isLoopbackHost(host) && auth === undefined && !insecure)
    throw new TypeError(`host ${host} is not a loopback address, which needs auth or insecure`)
  if (freeTier && flavor !== 'hosted') throw new TypeError('freeTier needs the flavor hosted')
}

function checkFields(above: string, values: object, accepted: Readonly<Record<string, Accepted>>): void {
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    const option = Object.hasOwn(accepted, name) ? accepted[name] : undefined
    if (option === undefined) {
      const names = Object.keys(accepted).join(', ')
      throw new TypeError(`there is no option ${above}${name}, only ${names}`)
    }
    if (value !== undefined && !option.is(value))
      throw new TypeError(`${above}${name} must be ${option.words}`)
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0

const text = (words: string): Accepted => ({ words, is: isText })

const flag: Accepted = { words: 'true or false', is: (value) => typeof value === 'boolean' }

const oneOf = (values: readonly string[]): Accepted => ({
  words: `one of ${values.join(', ')}`,
  is: (value) => values.some((each) => each === value),
})

const wholeFrom = (least: number, what: string, most: number = Number.MAX_SAFE_INTEGER): Accepted => ({
  words: `a whole number of ${what} from ${least}${most === Number.MAX_SAFE_INTEGER ? ' on' : ` to ${most}`}`,
  is: (value) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
})

const milliseconds = wholeFrom(0, 'milliseconds')

const having =
  (...names: readonly string[]) =>
  (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && names.every((name) => name in value)

const isLog = having('level', 'write')
const isPair = having('cert', 'key')
const isAuth = having('rootToken')

const isLocation = (value: unknown): boolean =>
  having('name', 'isPrivate')(value) &&
  typeof value.name === 'string' &&
  typeof value.isPrivate === 'boolean' &&
  checkLocationName(value.name) === undefined

const OPTIONS: Readonly<Record<keyof StartOptions, Accepted>> = {
  host: text('a name or an address'),
  insecure: flag,
  port: wholeFrom(0, 'a port', 65_535),
  dataDir: text('the path of a directory'),
  clock: { words: 'a clock, such as fakeClock()', is: having('now', 'timer') },
  flavor: oneOf(['lite', 'hosted']),
  freeTier: flag,
  limits: { words: 'an object of limits', is: having() },
  locations: {
    words: 'one location or more, each { name, isPrivate }',
    is: (value) => Array.isArray(value) && value.length > 0 && value.every(isLocation),
  },
  auth: {
    words: `{ rootToken } of ${ROOT_TOKEN_RULE}`,
    is: (value) => isAuth(value) && typeof value.rootToken === 'string' && isRootToken(value.rootToken),
  },
  basinDomain: {
    words: 'a domain name such as b.localhost',
    is: (value) => isText(value) && isDomain(value.toLowerCase()),
  },
  cors: oneOf(CORS),
  tls: {
    words: "'self-signed', or { cert, key } in PEM",
    is: (value) => value === 'self-signed' || (isPair(value) && isText(value.cert) && isText(value.key)),
  },
  init: { words: '{ basins }, as the API or an init file has them', is: having() },
  appendsInFlight: wholeFrom(1024 * 1024, 'bytes'),
  trimDelay: milliseconds,
  sweepInterval: milliseconds,
  deleteOnEmptyGrace: milliseconds,
  log: {
    words: `{ level, write } with a level of ${LOG_LEVELS.join(', ')}`,
    is: (value) =>
      isLog(value) && LOG_LEVELS.some((level) => level === value.level) && typeof value.write === 'function',
  },
}

const LIMITS: Readonly<Record<keyof Limits, Accepted>> = {
  basins: wholeFrom(0, 'basins'),
  basinSetup: milliseconds,
  deletion: milliseconds,
  appendBytes: wholeFrom(1, 'bytes'),
  appendBatches: wholeFrom(1, 'batches'),
}
