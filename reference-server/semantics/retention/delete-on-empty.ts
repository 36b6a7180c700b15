import type { SeqNum, Timestamp } from '../../../proto/types.ts'
import type { ResolvedStreamConfig } from '../resources/config.ts'
import { ageOf } from './retention.ts'

/** When delete-on-empty was switched on, or the stream made, and what the tail was then. */
export interface Armed {
  readonly at: Timestamp
  readonly tail: SeqNum
}

type Setting = Pick<ResolvedStreamConfig, 'deleteOnEmptyMinAge'>

const isOn = ({ deleteOnEmptyMinAge }: Setting): boolean => deleteOnEmptyMinAge > 0n

/** Switching it on arms it anew; changing one minimum age for another does not (CP-CFG-084). */
export const armsDeleteOnEmpty = (before: Setting, after: Setting): boolean => !isOn(before) && isOn(after)

/** A stream that holds no records, of which commands are some (AUT-017). */
export interface EmptyStream {
  readonly config: Pick<ResolvedStreamConfig, 'deleteOnEmptyMinAge' | 'retention'>
  readonly armed: Armed
  readonly tail: SeqNum
  /** Since when it is known to hold none; nothing was written since. */
  readonly emptySince: Timestamp
}

/**
 * When an empty stream is deleted, or undefined for never (CP-CFG-083, AUT-016): its minimum age, in seconds, and the server's
 * `grace`, in milliseconds, after the last of these:
 * - when it became empty;
 * - when it was armed, so that switching deletion on does not act on what was;
 * - where nothing was written since, a retention age later, or 0 if that is infinite: who made the stream or switched deletion
 *   on has that time to begin. This is longer than s2-lite 0.43.4 waits, and allowed (CP-CFG-084).
 *
 * The settings are those of now: one that was raised or switched off since takes back what was due before (CP-CFG-086).
 */
export function deletionDue(
  { config, armed, tail, emptySince }: EmptyStream,
  grace: bigint,
): Timestamp | undefined {
  if (!isOn(config)) return undefined
  const isUntouched = tail === armed.tail
  const armedUntil = armed.at + (isUntouched ? (ageOf(config.retention) ?? 0n) : 0n)
  const since = emptySince > armedUntil ? emptySince : armedUntil
  return since + 1000n * config.deleteOnEmptyMinAge + grace
}
