import type { Clock } from './environment.ts'
import type { Certificate } from './http/connections/certificate.ts'
import type { Cors } from './http/hooks/cors.ts'
import type { InitSpec } from './init/init-spec.ts'
import type { LogLevel } from './log.ts'
import type { Limits } from './semantics/resources/flavor.ts'
import type { Locations } from './semantics/resources/locations.ts'

/** All of it may be left out. */
export interface StartOptions {
  /** Name or address to listen on. Default 127.0.0.1, where only requests that were made for a loopback host are served. */
  readonly host?: string
  /** Listen on an address that is not loopback without `auth`: whoever reaches it may read and write. */
  readonly insecure?: boolean
  /** Default: one that is free. */
  readonly port?: number
  /** Keep the data in this directory. Default: in memory, and gone in the end. */
  readonly dataDir?: string
  /** Default: that of the machine. `fakeClock()` is one that stands still until you advance it. */
  readonly clock?: Clock
  /** Where s2-lite and the hosted service differ, be like this one. Default `lite`. */
  readonly flavor?: 'lite' | 'hosted'
  /** With the flavor `hosted`: be like it is for an account that does not pay. */
  readonly freeTier?: boolean
  /** Other limits than the flavor has. Milliseconds, bytes, batches. */
  readonly limits?: Partial<Limits>
  /** Where basins can be; the first is the default. */
  readonly locations?: Locations
  /** Ask every request for an access token; this one, of 16 characters or more, may do everything. Default: ask for none. */
  readonly auth?: { readonly rootToken: string }
  /** Domain below which names choose the basin: `my-basin.b.localhost`. */
  readonly basinDomain?: string
  /** Web pages to let in. Default: those of this machine. */
  readonly cors?: Cors
  /** Speak TLS, with a certificate of yours or with one that is made for the occasion. */
  readonly tls?: 'self-signed' | Certificate
  /** Basins and streams to begin with, as the bodies of the API or an init file describe them. */
  readonly init?: InitSpec
  /** Bytes of appends that are not yet durable; more of them wait. Default 128 MiB. */
  readonly appendsInFlight?: number
  /** Milliseconds from a trim until its records are no longer read. Default 1000. */
  readonly trimDelay?: number
  /** Least milliseconds between two removals of what has outlived its retention. Default 10,000. */
  readonly sweepInterval?: number
  /** Milliseconds that a stream stays empty beyond its minimum age before it is deleted. Default ten minutes. */
  readonly deleteOnEmptyGrace?: number
  /** Default: errors, on stderr. No token or key is ever logged. */
  readonly log?: { readonly level: LogLevel; readonly write: (line: string) => void }
}
