import { UsageError } from '../../kit/usage-error.ts'

/** An HTTP proxy that opens tunnels with CONNECT, as the environment names it. */
export interface HttpProxy {
  readonly url: URL
  /** The variable that names it. */
  readonly variable: string
}

/** The proxy without its user and password, for messages. */
export const proxyName = ({ url, variable }: HttpProxy): string => `the proxy ${url.origin} (${variable})`

/**
 * Returns the proxy for connections to this origin by the variables that curl reads: `https_proxy`, `http_proxy`,
 * `all_proxy` and `no_proxy`, in lower or upper case. Loopback is never reached through a proxy. Throws `UsageError`
 * for a proxy that does not speak HTTP.
 */
export function proxyFrom(env: NodeJS.ProcessEnv, origin: string): HttpProxy | undefined {
  const { protocol, hostname, port } = new URL(origin)
  if (isThisMachine(hostname)) return undefined
  const scheme = protocol.slice(0, -1)
  if (isExcepted(variableOf(env, 'no_proxy')?.value ?? '', hostname, Number(port) || PORTS[scheme]))
    return undefined
  const found = variableOf(env, `${scheme}_proxy`) ?? variableOf(env, 'all_proxy')
  return found === undefined ? undefined : parseProxy(found)
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 }

interface Variable {
  readonly variable: string
  readonly value: string
}

function variableOf(env: NodeJS.ProcessEnv, name: string): Variable | undefined {
  for (const variable of [name, name.toUpperCase()]) {
    const value = env[variable]?.trim()
    if (value) return { variable, value }
  }
  return undefined
}

const isThisMachine = (hostname: string): boolean =>
  /^(?:(?:.*\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(hostname)

/** Whether an entry of `no_proxy` names this host, a domain above it, or every host. */
function isExcepted(exceptions: string, hostname: string, port: number | undefined): boolean {
  const host = bare(hostname)
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true
      const [, name = entry, only] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry) ?? []
      const domain = bare(name.replace(/^\*?\./, ''))
      return (only === undefined || Number(only) === port) && (host === domain || host.endsWith(`.${domain}`))
    })
}

/** The value is not repeated in messages, as a password may stand in it. */
function parseProxy({ variable, value }: Variable): HttpProxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return { url, variable }
  throw new UsageError(
    `${variable} names no proxy that this command can use: give the URL of an HTTP proxy, such as http://proxy.example:3128, or unset it`,
  )
}

/** Returns the password in the URL of a proxy, as it stands there and decoded; none in a text without one. */
export function passwordsIn(text: string): readonly string[] {
  const [, password] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/@:]*:([^/@]+)@/i.exec(text.trim()) ?? []
  return password === undefined ? [] : [password, decodePercent(password)]
}

/** Decodes percent escapes; returns a text with invalid ones as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')
