import type { ConnectionOptions } from '../connection.ts'
import type { Sessions } from '../sessions.ts'
import type { WindowAudit } from '../window-audit.ts'
import { newExchange } from './exchange.ts'
import { createHeads } from './heads.ts'
import { createHttp2Pool } from './pool.ts'

const EMPTY = Buffer.alloc(0)

/** Over connections of our own. */
export function createOwnSessions(options: ConnectionOptions, count: number, audit?: WindowAudit): Sessions {
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
