import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createWay, type Way } from './way.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** What a fault on the way has met: a fault that met nothing has not happened. */
export interface Met {
  readonly connections: number
  /** That were held back. */
  readonly bytes: number
}

/** Passes bytes between a load and its target, and knows no HTTP; what is done to them is told from outside, at its time. */
export interface Passage {
  readonly address: Address
  /** Ends every connection at once, as a broken cable does. */
  cut(): Met
  /** Nothing goes through for so long, either way, and nothing is lost. Resolves when it is over. */
  stall(seconds: number): Promise<Met>
  /** For so long everything comes later, each way. */
  delay(later: number, seconds: number): Promise<Met>
  close(): void
}

/** On loopback, before a target at this address. */
export async function openProxy(target: Address): Promise<Passage> {
  const pairs = new Map<Socket, { readonly upstream: Socket; readonly ways: readonly Way[] }>()
  let stalledUntil = 0
  let later = 0
  let met = { connections: new Set<Socket>(), bytes: 0 }
  const due = (nowMs: number): number => Math.max(stalledUntil, nowMs + later)

  const server = createServer((client) => {
    const upstream = connect({ ...target, noDelay: true })
    client.setNoDelay(true)
    const onHeld = (bytes: number): void => {
      met.connections.add(client)
      met.bytes += bytes
    }
    const ways = [createWay(client, upstream, due, onHeld), createWay(upstream, client, due, onHeld)]
    pairs.set(client, { upstream, ways })
    client.once('close', () => pairs.delete(client))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const during = async (seconds: number, end: () => void): Promise<Met> => {
    met = { connections: new Set(), bytes: 0 }
    const mine = met
    await sleep(seconds * 1000)
    end()
    for (const { ways } of pairs.values()) for (const way of ways) way.hurry()
    return { connections: mine.connections.size, bytes: mine.bytes }
  }
  const cut = (): Met => {
    const connections = pairs.size
    for (const [client, { upstream }] of pairs) {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
    return { connections, bytes: 0 }
  }
  return {
    address: { host: '127.0.0.1', port },
    cut,
    stall(seconds) {
      stalledUntil = performance.now() + seconds * 1000
      return during(seconds, () => {
        stalledUntil = 0
      })
    },
    delay(by, seconds) {
      later = by * 1000
      return during(seconds, () => {
        later = 0
      })
    },
    close() {
      server.close()
      cut()
    },
  }
}
