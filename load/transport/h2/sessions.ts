import type { ConnectionOptions } from '../connection.ts'
import type { WindowAudit } from '../window-audit.ts'
import { newExchange, type Taker } from './exchange.ts'
import { createHeads } from './heads.ts'
import { createHttp2Pool } from './pool.ts'

/** Requests whose answers go on and on, over connections of our own. */
export interface OwnSessions {
  /**
   * Resolves, once it is sent, with what gives it up; `onEnd` is told when the answer is at its end, or why it broke off, and
   * nothing of one that was given up. Rejects with a `ConnectionError`.
   */
  get(
    path: string,
    headers: Readonly<Record<string, string>>,
    taker: Taker,
    onEnd: (error?: Error) => void,
  ): Promise<() => void>
  close(): void
}

const EMPTY = Buffer.alloc(0)

export function createOwnSessions(
  options: ConnectionOptions,
  count: number,
  audit?: WindowAudit,
): OwnSessions {
  const pool = createHttp2Pool(options, count, audit)
  const headOf = createHeads(options.origin)
  return {
    async get(path, headers, taker, onEnd) {
      const connection = await pool.next()
      const head = headOf({ method: 'GET', path, headers })
      const exchange = newExchange(head, EMPTY, () => onEnd(), onEnd, taker)
      connection.send(exchange)
      return () => connection.cancel(exchange)
    },
    close: () => pool.close(),
  }
}
