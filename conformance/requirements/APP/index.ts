import type { Requirement } from '../../check/requirement.ts'
import { atomicity } from './atomicity.ts'
import { conditions } from './conditions.ts'
import { deletedStreams } from './deleted-streams.ts'
import { durable } from './durable.ts'
import { fencingToken } from './fencing-token.ts'
import { matchSeqNumRows } from './match-seq-num.ts'
import { races } from './races.ts'
import { rate } from './rate.ts'
import { reconfiguration } from './reconfiguration.ts'
import { refusals } from './refusals.ts'
import { retries } from './retries.ts'
import { sequencing } from './sequencing.ts'
import { sessionFailures } from './session-failures.ts'
import { sessions } from './sessions.ts'
import { timestampAdjustment } from './timestamp-adjustment.ts'
import { timestampingModes } from './timestamping-modes.ts'
import { visibility } from './visibility.ts'
import { writers } from './writers.ts'

export const APP: readonly Requirement[] = [
  ...sequencing,
  ...atomicity,
  ...durable,
  ...visibility,
  ...races,
  ...matchSeqNumRows,
  ...fencingToken,
  ...conditions,
  ...refusals,
  ...retries,
  ...timestampingModes,
  ...timestampAdjustment,
  ...reconfiguration,
  ...sessions,
  ...writers,
  ...sessionFailures,
  ...rate,
  ...deletedStreams,
]
