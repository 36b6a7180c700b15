import type { ConnectionOptions } from '../connection.ts'
import type { UnaryAnswer } from '../unary-answer.ts'
import type { UnaryWire } from '../unary-wire.ts'
import type { WindowAudit } from '../window-audit.ts'
import { Http2Connection } from './connection.ts'
import { newExchange } from './exchange.ts'
import { createHeads } from './heads.ts'
import { createHttp2Pool } from './pool.ts'

const EMPTY = Buffer.alloc(0)

/** Whole requests over so many connections of our own, which are opened when there is something to send. */
export function ownHttp2Wire(options: ConnectionOptions, count: number, audit?: WindowAudit): UnaryWire {
  const pool = createHttp2Pool(options, count, audit)
  const headOf = createHeads(options.origin)
  return {
    send(request) {
      const head = headOf(request)
      const body = typeof request.body === 'string' ? Buffer.from(request.body) : (request.body ?? EMPTY)
      return new Promise<UnaryAnswer>((resolve, reject) => {
        let isOver = false
        const fail = (error: Error): void => {
          isOver = true
          reject(error)
        }
        const exchange = newExchange(head, body, resolve, fail)
        const sendOver = (connection: Http2Connection): void => {
          connection.send(exchange)
          if (exchange.stream > 0 || isOver) return
          request.onWait?.(true)
          exchange.onBegin = () => request.onWait?.(false)
        }
        const connection = pool.next()
        if (connection instanceof Http2Connection) sendOver(connection)
        else connection.then(sendOver, reject)
      })
    },
    close: () => pool.close(),
  }
}
