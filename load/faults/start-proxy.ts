import { Worker } from 'node:worker_threads'
import type { Address } from '../../client/faults/relay.ts'
import type { Health } from '../measure/watch-health.ts'
import { moduleUrl } from '../module-url.ts'
import type { PathFault } from '../workload/fault.ts'
import type { FaultReceipt } from './proxy.ts'
import type { ProxyOrder, ProxyReport } from './proxy-messages.ts'

/** A thread beside those of the load, through which all bytes go: what it is slow in counts as the target's time. */
export interface Watched {
  /** From now on. */
  watch(): void
  /** How it fared since then; to be asked once. Rejects where the thread has died. */
  health(): Promise<Health>
}

/** A proxy in a thread of its own. */
export interface RunningProxy extends Watched {
  readonly address: Address
  /** Resolves when the fault is over. Rejects where the thread has died. */
  order(fault: PathFault): Promise<FaultReceipt>
  end(): Promise<void>
}

/** Rejects where the thread does not come up. */
export async function startProxy(target: Address): Promise<RunningProxy> {
  const worker = new Worker(moduleUrl('./proxy-thread', import.meta.url), { workerData: target })
  const opened = Promise.withResolvers<Address>()
  const fared = Promise.withResolvers<Health>()
  const died = Promise.withResolvers<never>()
  // Whoever waits for something hears of it.
  died.promise.catch(() => {})
  const waiting = new Map<number, (met: FaultReceipt) => void>()
  let next = 0
  worker.on('message', (report: ProxyReport) => {
    switch (report.kind) {
      case 'open':
        return opened.resolve(report.address)
      case 'met':
        return waiting.get(report.id)?.(report.met)
      case 'fared':
        return fared.resolve(report.health)
    }
  })
  worker.once('error', (error) => died.reject(error))
  worker.once('exit', () => died.reject(new Error('the proxy of the load ended early')))
  const address = await Promise.race([opened.promise, died.promise])
  const say = (order: ProxyOrder): void => worker.postMessage(order)
  return {
    address,
    watch: () => say({ kind: 'watch' }),
    health() {
      say({ kind: 'tell' })
      return Promise.race([fared.promise, died.promise])
    },
    order(fault) {
      const id = next++
      const { promise, resolve } = Promise.withResolvers<FaultReceipt>()
      waiting.set(id, resolve)
      say({ kind: 'strike', id, fault })
      return Promise.race([promise, died.promise])
    },
    async end() {
      await worker.terminate()
    },
  }
}
