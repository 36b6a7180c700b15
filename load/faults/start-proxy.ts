import { Worker } from 'node:worker_threads'
import type { Address } from '../../conformance/target/faults/relay.ts'
import { moduleUrl } from '../module-url.ts'
import type { Fault } from '../workload/faults.ts'
import type { Met } from './proxy.ts'
import type { ProxyOrder, ProxyReport } from './proxy-messages.ts'

/** A proxy in a thread of its own. */
export interface RunningProxy {
  readonly address: Address
  /** Resolves when the fault is over. Rejects where the thread has died. */
  order(fault: Pick<ProxyOrder, 'kind' | 'lasts' | 'later'>): Promise<Met>
  end(): Promise<void>
}

/** Faults that happen on the way. */
export const isOnTheWay = (
  fault: Fault,
): fault is Fault & { readonly kind: Exclude<Fault['kind'], 'pause' | 'kill'> } =>
  fault.kind !== 'pause' && fault.kind !== 'kill'

/** Rejects where the thread does not come up. */
export async function startProxy(target: Address): Promise<RunningProxy> {
  const worker = new Worker(moduleUrl('./proxy-thread', import.meta.url), { workerData: target })
  const opened = Promise.withResolvers<Address>()
  const died = Promise.withResolvers<never>()
  // Whoever waits for something hears of it.
  died.promise.catch(() => {})
  const waiting = new Map<number, (met: Met) => void>()
  let next = 0
  worker.on('message', (report: ProxyReport) => {
    if (report.kind === 'open') opened.resolve(report.address)
    else waiting.get(report.id)?.(report.met)
  })
  worker.once('error', (error) => died.reject(error))
  worker.once('exit', () => died.reject(new Error('the proxy of the load ended early')))
  const address = await Promise.race([opened.promise, died.promise])
  return {
    address,
    order(fault) {
      const id = next++
      const { promise, resolve } = Promise.withResolvers<Met>()
      waiting.set(id, resolve)
      worker.postMessage({
        id,
        kind: fault.kind,
        lasts: fault.lasts,
        later: fault.later,
      } satisfies ProxyOrder)
      return Promise.race([promise, died.promise])
    },
    async end() {
      await worker.terminate()
    },
  }
}
