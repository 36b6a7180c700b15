import { UsageError } from '../../kit/usage-error.ts'
import type { Dial } from './dial.ts'

/** `HOST:PORT:ADDR` as curl has it: connections for that host and port go to that address. `*` stands for any host. */
export interface Resolution {
  readonly host: string
  readonly port: number
  readonly address: string
}

/** Throws `UsageError`. An address of IPv6 may stand in brackets. */
export function parseResolution(text: string): Resolution {
  const [, host, port, address] = /^\+?(\*|[^:[\]]+|\[[^\]]+\]):(\d+):(.+)$/.exec(text) ?? []
  const number = Number(port)
  if (host === undefined || address === undefined || !(number >= 1 && number <= 65535)) {
    throw new UsageError(`--resolve is HOST:PORT:ADDR, such as s2.example:443:127.0.0.1, not "${text}"`)
  }
  return { host: bare(host).toLowerCase(), port: number, address: bare(address) }
}

/** Where connections go by these; undefined where all go as they are. The first that fits counts. */
export function dialBy(resolutions: readonly Resolution[]): Dial | undefined {
  if (resolutions.length === 0) return undefined
  return ({ host, port }) => {
    const found = resolutions.find(
      (each) => each.port === port && (each.host === '*' || each.host === bare(host).toLowerCase()),
    )
    return Promise.resolve({ host: found?.address ?? host, port })
  }
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')
