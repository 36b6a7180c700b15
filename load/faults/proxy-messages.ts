import type { Address } from '../../conformance/target/faults/relay.ts'
import type { Met } from './proxy.ts'

/** To the thread of the proxy. */
export interface ProxyOrder {
  readonly id: number
  readonly kind: 'cut' | 'stall' | 'delay'
  /** Seconds. */
  readonly lasts: number
  readonly later: number
}

/** And back: where it listens, then what each order has met once it is over. */
export type ProxyReport =
  | { readonly kind: 'open'; readonly address: Address }
  | { readonly kind: 'met'; readonly id: number; readonly met: Met }
