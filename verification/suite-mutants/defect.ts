import type { Wire } from '../../reference-server/http/wire.ts'
import type { Rules } from '../../reference-server/semantics/rules.ts'
import type { Store } from '../../reference-server/store/store.ts'

/** The parts of a server that a defect can stand in for. */
export interface Seams {
  readonly rules: Rules
  readonly store: Store
  readonly wire: Wire
}

/** Counts that the broken part decided something, and hands its value through. */
export type Fired = <Value>(value: Value) => Value

/** A server that is wrong on purpose, in one way that an implementer could be wrong, so that the suite is tested by it. */
export type Defect = RulesDefect | StoreDefect | WireDefect

export type RulesDefect = DefectOf<'rules'>
export type StoreDefect = DefectOf<'store'>
export type WireDefect = DefectOf<'wire'>

export type Only = 'concurrency' | 'limit' | 'crash' | 'transport'

interface DefectOf<Seam extends keyof Seams> {
  /** What a client sees go wrong. */
  readonly name: string
  readonly seam: Seam
  /** Where alone it is seen: a client by itself, within the limits, on a server that runs on, or on another transport never meets it. */
  readonly only?: Only
  /** Seen alone on a server that asks for tokens, or whose storage stalls: its rows are about such a one. */
  readonly where?: 'tokens' | 'storage'
  /** Its rows wait in vain for what it withholds: they are tried in virtual time. */
  readonly withholds?: true
  /** Ids of the requirements that catch it, each of them by itself. */
  readonly kills: readonly [string, ...string[]]
  /** The same in a sentence. */
  readonly story: string
  /** The broken part, made from the healthy one; the rest of the server stays as it is. */
  apply(healthy: Seams[Seam], fired: Fired): Seams[Seam]
}
