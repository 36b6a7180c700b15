import type { StreamAddress } from '../backend/backend.ts'

/** What its owner, who alone makes and deletes it, knows for certain of a stream, and since which tick. */
export interface Certainty {
  readonly there: boolean
  readonly since: number
}

/** A name under which streams come and go. */
export interface SimulatedStream {
  readonly index: number
  readonly address: StreamAddress
  /** `kept` streams are never deleted, `reborn` ones are, again and again; nobody makes those that are made by use. */
  readonly kind: 'kept' | 'reborn' | 'made by use'
  /** Counts the streams of this name: it goes up when one is known to be gone, before the next is made. */
  generation: number
  certain: Certainty | undefined
}

export const describe = ({ address }: SimulatedStream): string => `${address.basin}/${address.stream}`
