import type { StreamAddress } from '../../reference-server/backend/backend.ts'
import type { GivenKey } from '../../reference-server/encryption/encryption-key.ts'
import type { BasinConfig } from '../../reference-server/semantics/resources/config.ts'

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
  readonly kind: 'kept' | 'reborn' | 'reborn with its basin' | 'made by use'
  /** Of the basin it is in. */
  readonly config: BasinConfig
  /** Whoever appends or reads brings it; it counts where the basin has a cipher. */
  readonly key: GivenKey
  /** Counts the streams of this name: it goes up when one is known to be gone, before the next is made. */
  generation: number
  certain: Certainty | undefined
  /** Somebody was told that this generation is being deleted, at that tick: it never answers again. */
  toldDeleted: { readonly generation: number; readonly since: number } | undefined
}

export const describe = ({ address }: SimulatedStream): string => `${address.basin}/${address.stream}`
