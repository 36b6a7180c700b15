import type { Requirement } from '../../check/requirement.ts'
import * as atomicity from './atomicity.ts'
import * as conditions from './conditions.ts'
import * as deletion from './deletion.ts'
import * as fencingToken from './fencing-token.ts'
import * as matchSeqNum from './match-seq-num.ts'
import * as races from './races.ts'
import * as rate from './rate.ts'
import * as reconfiguration from './reconfiguration.ts'
import * as refusals from './refusals.ts'
import * as retries from './retries.ts'
import * as sequencing from './sequencing.ts'
import * as sessionFailures from './session-failures.ts'
import * as sessions from './sessions.ts'
import * as timestampAdjustment from './timestamp-adjustment.ts'
import * as timestampingModes from './timestamping-modes.ts'
import * as visibility from './visibility.ts'
import * as writers from './writers.ts'

export const appendRequirements: readonly Requirement[] = [
  sequencing,
  atomicity,
  visibility,
  races,
  refusals,
  matchSeqNum,
  fencingToken,
  conditions,
  retries,
  timestampingModes,
  timestampAdjustment,
  reconfiguration,
  sessions,
  writers,
  sessionFailures,
  rate,
  deletion,
].flatMap((group) => Object.values(group))
