import type { Capability } from '../../client/capability.ts'
import type { Transport } from '../../client/transport.ts'
import type { Row } from '../catalogue/row.ts'
import type { CheckContext } from './context.ts'

/** The part of a catalogue row that a requirement carries with it. */
export type RequirementRow = Pick<Row, 'id' | 'title' | 'level' | 'tier' | 'statement' | 'source'>

/**
 * One promise of the API and the check that shows it kept. `id`, `level`, `tier`, `statement` and `source` come
 * from the catalogue by `row(id)`; a check states what it expects as literals and never calls a rule.
 */
export interface Requirement extends RequirementRow {
  readonly needs: readonly Capability[]
  /** Where the target has one of these, the row says nothing: it is about servers that lack it (501). */
  readonly unless?: readonly Capability[]
  /** Run once on each of these; the row passes only if all do. Absent: once, as `json`. */
  readonly on?: readonly Transport[]
  /** The least time the check takes by its nature (a wait it must sit out), in seconds. Absent: none. */
  readonly seconds?: number
  /** What it may take beyond that where the target is slow by right (a deletion), in seconds. Absent: 60. */
  readonly patience?: number
  /**
   * It changes what the whole account sees, and puts it back: run alone, and only with `--allow-account-changes`.
   */
  readonly changesAccount?: true
  check(context: CheckContext): Promise<void>
}
