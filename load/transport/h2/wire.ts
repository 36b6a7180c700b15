import type { ConnectionOptions } from '../connection.ts'
import type { UnaryAnswer, UnaryRequest, UnaryWire } from '../unary-wire.ts'
import type { WindowAudit } from '../window-audit.ts'
import { connectHttp2 } from './connect.ts'
import type { Http2Connection } from './connection.ts'
import { newExchange } from './exchange.ts'
import { encodeHead } from './header-block.ts'

const EMPTY = Buffer.alloc(0)

/** Whole requests over so many connections of our own, which are opened when there is something to send, and opened again. */
export function ownHttp2Wire(options: ConnectionOptions, count: number, audit?: WindowAudit): UnaryWire {
  const slots: (Http2Connection | undefined)[] = Array.from({ length: count })
  const opening: (Promise<Http2Connection> | undefined)[] = Array.from({ length: count })
  const headOf = createHeads(options.origin)
  let turn = 0
  let isClosed = false
  const open = (slot: number): Promise<Http2Connection> => {
    const pending =
      opening[slot] ??
      connectHttp2(options).finally(() => {
        opening[slot] = undefined
      })
    opening[slot] = pending
    return pending
  }
  return {
    send(request) {
      const slot = turn++ % count
      const head = headOf(request)
      const body = typeof request.body === 'string' ? Buffer.from(request.body) : (request.body ?? EMPTY)
      return new Promise<UnaryAnswer>((resolve, reject) => {
        const exchange = newExchange(head, body, resolve, reject)
        const there = slots[slot]
        if (there?.isUsable) {
          there.send(exchange)
          return
        }
        open(slot).then((connection) => {
          if (isClosed) connection.close()
          if (slots[slot] !== connection) audit?.watches(connection)
          slots[slot] = connection
          connection.send(exchange)
        }, reject)
      })
    },
    close() {
      isClosed = true
      for (const connection of slots) connection?.close()
    },
  }
}

/** Those that asked with the same headers ask mostly for the same: their heads are encoded once. */
function createHeads(origin: string): (request: UnaryRequest) => Buffer {
  const { protocol, host: authority } = new URL(origin)
  const scheme = protocol === 'https:' ? 'https' : 'http'
  const known = new WeakMap<UnaryRequest['headers'], Map<string, Buffer>>()
  return ({ method, path, headers }) => {
    const ofHeaders = known.get(headers) ?? new Map<string, Buffer>()
    known.set(headers, ofHeaders)
    const key = `${method} ${path}`
    const head = ofHeaders.get(key) ?? encodeHead({ method, scheme, authority, path, headers })
    ofHeaders.set(key, head)
    return head
  }
}
