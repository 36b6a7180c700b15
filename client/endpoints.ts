import { UsageError } from '../kit/usage-error.ts'

/** Where requests of one kind go: origin, and what stands before the paths of the API. */
export interface Base {
  readonly origin: string
  /** `/v1`, or the path that the endpoint was given with. */
  readonly prefix: string
}

/** The two kinds of endpoint of an S2, which may be one. */
export interface Endpoints {
  /** For people: as given on the command line. */
  readonly label: string
  readonly account: Base
  basin(name: string): Base
  /** Whether the basin is named by the header `s2-basin` (RTE-002). */
  readonly basinHeader: boolean
}

/** The text is no endpoint; the message is for the user. */
export class EndpointError extends UsageError {
  constructor(message: string) {
    super(message)
    this.name = 'EndpointError'
  }
}

/** One origin for both kinds: the basin is named by a header. */
export function singleEndpoint(url: string): Endpoints {
  const base = parseBase(url)
  return { label: url.trim(), account: base, basin: () => base, basinHeader: true }
}

/** Two endpoints; with `{basin}` in the second one the basin is named there and not by the header. */
export function splitEndpoints(accountUrl: string, basinUrl: string): Endpoints {
  const account = parseBase(accountUrl)
  const basinHeader = !basinUrl.includes(PLACEHOLDER)
  const fixed = parseBase(basinUrl.replaceAll(PLACEHOLDER, 'basin'))
  return {
    label: `${accountUrl.trim()} and ${basinUrl.trim()}`,
    account,
    basinHeader,
    basin: (name) =>
      basinHeader ? fixed : parseBase(basinUrl.replaceAll(PLACEHOLDER, encodeURIComponent(name))),
  }
}

const PLACEHOLDER = '{basin}'
const LOOPBACK = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/i

/** Whether an endpoint, with its scheme or without, is on this machine by its name or its address. */
export const isLoopback = (url: string): boolean => LOOPBACK.test(url.trim())

/** Without a scheme `https`, on loopback `http`; without a path `/v1` (CP-RT-071). */
function parseBase(text: string): Base {
  const trimmed = text.trim()
  if (trimmed === '')
    throw new EndpointError('an endpoint is empty: give a URL such as http://127.0.0.1:8080')
  const url = parseUrl(text, withScheme(trimmed))
  if (url.username !== '' || url.password !== '')
    throw new EndpointError(
      `"${withoutSecret(text)}" carries a user or a password: leave them out, and give an access token by --token-file or S2_ACCESS_TOKEN`,
    )
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EndpointError(
      `"${withoutSecret(text)}" begins with ${url.protocol}// but only http:// and https:// are spoken here`,
    )
  }
  if (url.search !== '' || url.hash !== '') {
    throw new EndpointError(
      `"${text}" carries a query or a fragment: an endpoint is scheme, host, port and path`,
    )
  }
  const path = url.pathname.replace(/\/+$/, '')
  return { origin: url.origin, prefix: path === '' ? '/v1' : path }
}

/** Messages get into logs: what stands before an @ is nobody's business there. */
const withoutSecret = (text: string): string => text.replace(/^(\s*[a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1...@')

function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  // A scheme that lacks its slashes, or a word: whoever typed it did not mean a host of that name.
  if (!isLoopback(text) && !/^[^:/]+\.[^:/]+(:\d+)?(\/|$)/.test(text)) {
    throw new EndpointError(`"${withoutSecret(text)}" is not a URL: give one such as http://127.0.0.1:8080`)
  }
  return `${isLoopback(text) ? 'http' : 'https'}://${text}`
}

function parseUrl(given: string, text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw new EndpointError(`"${withoutSecret(given)}" is not a URL: give one such as http://127.0.0.1:8080`)
  }
}
