import type { Capability } from '../../client/capability.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import type { Transport } from '../../client/transport.ts'
import { row } from '../catalogue/catalogue.ts'
import type { Row } from '../catalogue/row.ts'
import type { CheckContext } from './context.ts'

/** The part of a catalogue row that a requirement carries with it. */
export type RequirementRow = Pick<Row, 'id' | 'title' | 'level' | 'tier' | 'statement' | 'source'>

/** One promise of the API and the check that shows it kept. A check states what it expects as literals and never calls a rule. */
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

/** The check of a requirement that repeats something so many times, and the time that takes. */
export type Trial = Required<Pick<Requirement, 'patience' | 'check'>>

/** How a requirement is run. Absent `needs`: it needs nothing that a server may lack. */
export type Options = Partial<Omit<Requirement, keyof RequirementRow | 'check'>>

type Check<Context> = (context: Context) => Promise<void>

/** The check of a requirement, after its options where there are any. */
type OptionsAndCheck<Context> =
  | readonly [check: Check<Context>]
  | readonly [options: Options, check: Check<Context>]

/** Creates the requirement of the row `id`. Throws an Error if the catalogue has no such row, or another title for it. */
export function requirement(id: string, title: string, ...rest: OptionsAndCheck<CheckContext>): Requirement {
  const of = row(id)
  if (of.title !== title) {
    throw new Error(`requirement ${id}: its title is "${title}" here, and "${of.title}" in the catalogue`)
  }
  const [options, check] = rest.length === 1 ? [{}, rest[0]] : rest
  return { ...of, needs: [], ...options, check }
}

/** As `requirement`, of a check that begins with a fresh, empty stream: it finds it as `stream` in its context. */
export function onStream(
  id: string,
  title: string,
  ...rest: OptionsAndCheck<CheckContext & { readonly stream: StreamClient }>
): Requirement {
  const [options, check] = rest.length === 1 ? [{}, rest[0]] : rest
  return requirement(id, title, options, async (context) => {
    await check({ ...context, stream: await context.newStream() })
  })
}
