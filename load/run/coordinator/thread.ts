import { parentPort, workerData } from 'node:worker_threads'
import { trustInThread } from '../../../client/trust-certificates.ts'
import { TransportError } from '../../transport/transport-error.ts'
import { createEngine } from '../engine/engine.ts'
import type { Order, Report, Task } from '../engine/messages.ts'
import { stackOf } from '../engine/stack-of.ts'

/** A thread of its own for one engine; orders come one at a time, and each is answered. */
trustInThread()
const port = parentPort
if (port === null) throw new Error('this module is a thread of the load generator')
const say = (report: Report): void => port.postMessage(report)
const engine = createEngine(workerData as Task)

async function follow(order: Order): Promise<void> {
  switch (order.kind) {
    case 'go':
      engine.go(order.startUs)
      return
    case 'halt':
      engine.halt()
      say({ kind: 'appended', ...(await engine.appended()) })
      return
    case 'read':
      say({ kind: 'read', ...(await engine.read(order.tails)) })
      engine.close()
      port?.close()
      return
  }
}

const fail = (error: unknown): void =>
  say(
    error instanceof TransportError
      ? { kind: 'failed', message: error.message }
      : { kind: 'broken', stack: stackOf(error) },
  )

port.on('message', (order: Order) => void follow(order).catch(fail))
engine.open().then(() => say({ kind: 'ready' }), fail)
