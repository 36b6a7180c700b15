import { type ChildProcess, fork } from 'node:child_process'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Cost, Order } from './testing/hostile/client-process.ts'
import { HTTP1_PEERS } from './testing/hostile/http1-peers.ts'
import { HTTP2_PEERS } from './testing/hostile/http2-peers.ts'
import { type HostilePeer, listenAs } from './testing/hostile/peer.ts'
import { SESSION_PEERS } from './testing/hostile/session-peers.ts'

const MOST_MORE_BYTES = 64 * 1024 * 1024
const MOST_CPU_MS = 1000
/** The same in units of fixed work, which cost more on a machine that is slow or shared. */
const MOST_CPU_UNITS = 200

let child: ChildProcess | undefined
const endChild = (): void => {
  child?.kill('SIGKILL')
  child = undefined
}
afterAll(endChild)

/** Runs the operation in another process; resolves with its costs. */
async function costOf(order: Order): Promise<Cost> {
  // A small young generation: most of the memory measured would be garbage that waits there for its collection.
  child ??= fork(new URL('./testing/hostile/client-process.ts', import.meta.url), {
    execArgv: ['--expose-gc', '--max-semi-space-size=4'],
  })
  const client = child
  return await new Promise((resolve, reject) => {
    client.removeAllListeners()
    client.once('message', (cost: Cost) => resolve(cost))
    client.once('exit', (code, signal) => reject(new Error(`the client ended with ${signal ?? code}`)))
    client.send(order)
  })
}

const cases = (peers: readonly HostilePeer[]) =>
  peers.flatMap((peer) => peer.operations.map((operation) => [operation, peer.name, peer] as const))

describe.each([
  ['HTTP/2', HTTP2_PEERS],
  ['HTTP/1.1', HTTP1_PEERS],
  ['sessions', SESSION_PEERS],
])('a target that abuses %s', (_protocol, peers) => {
  test.each(cases(peers))('costs one %s a bounded amount: %s', async (operation, _name, peer) => {
    const listening = await listenAs(peer)
    let isOver = false
    onTestFinished(() => {
      listening.close()
      if (!isOver) endChild()
    })
    const cost = await costOf({ operation, port: listening.port })
    const mostCpuMs = Math.max(MOST_CPU_MS, MOST_CPU_UNITS * cost.unitMs)
    // An operation that takes too much must not count for the next one.
    isOver = cost.moreBytes <= MOST_MORE_BYTES && cost.cpuMs <= mostCpuMs
    expect(cost.outcome).toContain(peer.expected)
    expect(cost.moreBytes, 'more bytes of memory').toBeLessThanOrEqual(MOST_MORE_BYTES)
    expect(cost.cpuMs, 'milliseconds of CPU').toBeLessThanOrEqual(mostCpuMs)
  })
})
