import type { Defect } from '../defect.ts'
import { ensureAlwaysUpdates } from './ensure-always-updates.ts'
import { ensureChangesNothing } from './ensure-changes-nothing.ts'
import { everyCreationRepeats } from './every-creation-repeats.ts'
import { longestNameIsRefused } from './longest-name-is-refused.ts'
import { nameOfSevenIsTaken } from './name-of-seven-is-taken.ts'
import { namesMayEndWithAHyphen } from './names-may-end-with-a-hyphen.ts'
import { requestTokenIsIgnored } from './request-token-is-ignored.ts'
import { upperCaseIsLowered } from './upper-case-is-lowered.ts'

export const basins: readonly Defect[] = [
  ensureAlwaysUpdates,
  ensureChangesNothing,
  everyCreationRepeats,
  longestNameIsRefused,
  nameOfSevenIsTaken,
  namesMayEndWithAHyphen,
  requestTokenIsIgnored,
  upperCaseIsLowered,
]
