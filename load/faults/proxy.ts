import { setTimeout as sleep } from 'node:timers/promises'
import { type Address, openRelay } from '../../client/faults/relay.ts'
import type { Pair } from '../../client/wire/break-together.ts'
import { createDelayedPipe, type DelayedPipe, type Due, type Held } from './delayed-pipe.ts'

/** What a fault on the way has met: a fault that met nothing has not happened. */
export interface FaultReceipt {
  readonly connections: number
  /** That were held back. */
  readonly bytes: number
}

/** Passes bytes between a load and its target; what is done to them is told from outside, at its time. */
export interface FaultyPath {
  readonly address: Address
  /** Ends every connection at once, as a broken cable does. */
  cut(): FaultReceipt
  /** Nothing goes through for so long, either way, and nothing is lost. Resolves when it is over. */
  stall(seconds: number): Promise<FaultReceipt>
  /** For so long everything comes later, each way. */
  delay(later: number, seconds: number): Promise<FaultReceipt>
  close(): void
}

/** A fault that lasts, and what it has met so far. Several may last at once: bytes wait for the latest of them. */
interface Holding {
  readonly due: Due
  readonly connections: Set<Pair>
  bytes: number
}

/** On loopback, before a target at this address. */
export async function openProxy(target: Address): Promise<FaultyPath> {
  const holdings = new Set<Holding>()
  const waysOf = new WeakMap<Pair, readonly DelayedPipe[]>()
  const due: Due = (since) => {
    let latest = since
    for (const holding of holdings) latest = Math.max(latest, holding.due(since))
    return latest
  }
  const relay = await openRelay(target, (pair) => {
    const { client, upstream } = pair
    const onHeld = (held: Held): void => {
      for (const holding of holdings) meet(holding, pair, held)
    }
    waysOf.set(pair, [
      createDelayedPipe(client, upstream, due, onHeld),
      createDelayedPipe(upstream, client, due, onHeld),
    ])
  })
  const eachWay = (visit: (way: DelayedPipe, pair: Pair) => void): void => {
    for (const pair of relay.pairs) for (const way of waysOf.get(pair) ?? []) visit(way, pair)
  }

  const hold = async (seconds: number, until: Due): Promise<FaultReceipt> => {
    const holding: Holding = { due: until, connections: new Set(), bytes: 0 }
    holdings.add(holding)
    // What others hold back already is met as well.
    eachWay((way, pair) => {
      for (const held of way.held) meet(holding, pair, held)
    })
    await sleep(seconds * 1000)
    holdings.delete(holding)
    eachWay((way) => way.hurry())
    return { connections: holding.connections.size, bytes: holding.bytes }
  }
  const cut = (): FaultReceipt => {
    const connections = [...relay.pairs].filter(({ client }) => !client.destroyed).length
    for (const { client, upstream } of relay.pairs) {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
    return { connections, bytes: 0 }
  }
  return {
    address: relay.address,
    cut,
    stall(seconds) {
      const end = performance.now() + seconds * 1000
      return hold(seconds, () => end)
    },
    delay: (later, seconds) => hold(seconds, (since) => since + later * 1000),
    close() {
      cut()
      relay.close()
    },
  }
}

function meet(holding: Holding, pair: Pair, { bytes, since }: Held): void {
  if (holding.due(since) <= performance.now()) return
  holding.connections.add(pair)
  holding.bytes += bytes.length
}
