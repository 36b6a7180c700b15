import type { Address } from '../../client/faults/relay.ts'
import type { Health } from '../measure/watch-health.ts'
import type { PathFault } from '../workload/fault.ts'
import type { FaultReceipt } from './proxy.ts'

/** To the thread of the proxy: a fault, or that it is to watch how it fares, from now on and until now. */
export type ProxyOrder = FaultOrder | { readonly kind: 'watch' | 'tell' }

interface FaultOrder {
  readonly kind: 'strike'
  readonly id: number
  readonly fault: PathFault
}

/** And back: where it listens, then what each fault has met once it is over, and how it fared when it is asked. */
export type ProxyReport =
  | { readonly kind: 'open'; readonly address: Address }
  | { readonly kind: 'met'; readonly id: number; readonly met: FaultReceipt }
  | { readonly kind: 'fared'; readonly health: Health }
