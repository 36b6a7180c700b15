import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { breakTogether, type Pair } from '../wire/break-together.ts'
import { lookup } from '../wire/lookup.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** Stands in for a target; knows no HTTP, TLS goes through as it is. What becomes of the bytes is said by `join`. */
export interface Relay {
  readonly address: Address
  /** Those of which one side at least is open. */
  readonly pairs: ReadonlySet<Pair>
  close(): void
}

/** On loopback only. Each side is ended by what stands behind it and by nothing else: half a connection may still speak. */
export async function openRelay(target: Address, join: (pair: Pair) => void): Promise<Relay> {
  const pairs = new Set<Pair>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const pair = { client, upstream: connect({ ...target, lookup, allowHalfOpen: true, noDelay: true }) }
    pairs.add(pair)
    breakTogether(pair)
    for (const socket of [client, pair.upstream])
      socket.once('close', () => {
        if (client.closed && pair.upstream.closed) pairs.delete(pair)
      })
    join(pair)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: { host: '127.0.0.1', port },
    pairs,
    close() {
      server.close()
      for (const { client, upstream } of pairs) {
        client.destroy()
        upstream.destroy()
      }
    },
  }
}
