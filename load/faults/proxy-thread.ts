import { parentPort, workerData } from 'node:worker_threads'
import type { Address } from '../../client/faults/relay.ts'
import { type Watch, watchHealth } from '../measure/watch-health.ts'
import type { PathFault } from '../workload/fault.ts'
import { type FaultReceipt, openProxy } from './proxy.ts'
import type { ProxyOrder, ProxyReport } from './proxy-messages.ts'

/** A thread of its own, so that neither the load nor whoever watches it has its bytes on their hands. */
const port = parentPort
if (port === null) throw new Error('this module is a thread of the load generator')
const say = (report: ProxyReport): void => port.postMessage(report)
const proxy = await openProxy(workerData as Address)

let watch: Watch | undefined

const strike = async (fault: PathFault): Promise<FaultReceipt> => {
  switch (fault.kind) {
    case 'cut':
      return proxy.cut()
    case 'stall':
      return await proxy.stall(fault.lasts)
    case 'delay':
      return await proxy.delay(fault.later, fault.lasts)
  }
}

port.on('message', (order: ProxyOrder) => {
  switch (order.kind) {
    case 'watch':
      watch = watchHealth()
      return
    case 'tell':
      if (watch !== undefined) say({ kind: 'fared', health: watch.end() })
      return
    case 'strike':
      void strike(order.fault).then((met) => say({ kind: 'met', id: order.id, met }))
  }
})
say({ kind: 'open', address: proxy.address })
