import type { ConnectionOptions } from '../connection.ts'
import type { WindowAudit } from '../window-audit.ts'
import { connectHttp2 } from './connect.ts'
import type { Http2Connection } from './connection.ts'

/** So many connections of our own, in turn; they are opened when they are wanted, and opened again. */
export interface Http2Pool {
  /** At once where it is open. Rejects with a `TransportError`. */
  next(): Http2Connection | Promise<Http2Connection>
  close(): void
}

export function createHttp2Pool(options: ConnectionOptions, count: number, audit?: WindowAudit): Http2Pool {
  const slots: (Http2Connection | undefined)[] = Array.from({ length: count })
  const opening: (Promise<Http2Connection> | undefined)[] = Array.from({ length: count })
  /** One that goes away lives on while something is under way, and another has its slot by then. */
  const live = new Set<Http2Connection>()
  let turn = 0
  let isClosed = false
  const open = async (slot: number): Promise<Http2Connection> => {
    const connection = await connectHttp2(options)
    if (isClosed) connection.close()
    for (const other of live) if (other.isOver) live.delete(other)
    live.add(connection)
    audit?.watches(connection)
    slots[slot] = connection
    return connection
  }
  return {
    next() {
      const slot = turn++ % count
      const there = slots[slot]
      if (there?.isUsable) return there
      const pending =
        opening[slot] ??
        open(slot).finally(() => {
          opening[slot] = undefined
        })
      opening[slot] = pending
      return pending
    },
    close() {
      isClosed = true
      for (const connection of live) connection.close()
    },
  }
}
