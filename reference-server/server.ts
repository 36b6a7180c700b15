import type { AddressInfo } from 'node:net'
import type { Backend } from './backend/backend.ts'
import { type Clock, systemClock } from './environment.ts'
import { createApp } from './http/app.ts'
import { createFrontDoor } from './http/front-door.ts'
import { isLoopbackHost } from './http/host-guard.ts'
import { wire as specifiedWire, type Wire } from './http/wire.ts'
import { type Rules, rules as specifiedRules } from './semantics/rules.ts'

/** What a server is made of. A seeded defect replaces the rules or the wire. */
export interface ServerParts {
  readonly backend: Backend
  readonly rules?: Rules
  readonly wire?: Wire
  readonly clock?: Clock
  /** Called with mistakes of the server's own; by default they are dropped. */
  readonly report?: (error: unknown) => void
  readonly options?: ServerOptions
}

export interface ServerOptions {
  /** Default 127.0.0.1. On a loopback address only requests made for a loopback host are served. */
  readonly host?: string
  /** Default 0: one that is free. */
  readonly port?: number
}

export interface ReferenceServer {
  /** Listens, and tells where: `http://127.0.0.1:8080`. Rejects with Node's error if the address cannot be had. */
  start(): Promise<string>
  /**
   * Accepts nothing more, lets what is under way finish for at most `graceMs` (by default not at all), cuts the rest, and
   * closes the backend.
   */
  stop(graceMs?: number): Promise<void>
}

export function createServer(parts: ServerParts): ReferenceServer {
  const { backend, clock = systemClock } = parts
  const { host = '127.0.0.1', port = 0 } = parts.options ?? {}
  const app = createApp(
    {
      backend,
      rules: parts.rules ?? specifiedRules,
      wire: parts.wire ?? specifiedWire,
      clock,
      report: parts.report ?? (() => {}),
    },
    { loopbackOnly: isLoopbackHost(host) },
  )
  const door = createFrontDoor(app.server, clock)
  return {
    async start() {
      await app.ready()
      return urlOf(await door.listen(port, host))
    },
    async stop(graceMs = 0) {
      await door.close(graceMs)
      await app.close()
      await backend.close()
    },
  }
}

function urlOf({ address, family, port }: AddressInfo): string {
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`
}
