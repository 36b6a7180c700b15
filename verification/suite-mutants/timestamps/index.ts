import type { Defect } from '../defect.ts'
import { arrivalIsToldInSeconds } from './arrival-is-told-in-seconds.ts'
import { arrivalModeKeepsClientTime } from './arrival-mode-keeps-client-time.ts'
import { capBeatsTheFloor } from './cap-beats-the-floor.ts'
import { clientTimeIsIgnored } from './client-time-is-ignored.ts'
import { commandsAreStampedOnArrival } from './commands-are-stamped-on-arrival.ts'
import { equalTimestampsAreRaised } from './equal-timestamps-are-raised.ts'
import { everyRecordReadsTheClock } from './every-record-reads-the-clock.ts'
import { floorIsLostWithTheRecords } from './floor-is-lost-with-the-records.ts'
import { futureTimestampsAreKept } from './future-timestamps-are-kept.ts'
import { requiredTimeMayBeMissing } from './required-time-may-be-missing.ts'
import { timestampsFallWithinABatch } from './timestamps-fall-within-a-batch.ts'
import { timestampsSaturateAt2ToThe63 } from './timestamps-saturate-at-2-to-the-63.ts'
import { uncappedIsIgnored } from './uncapped-is-ignored.ts'

export const timestamps: readonly Defect[] = [
  arrivalIsToldInSeconds,
  arrivalModeKeepsClientTime,
  capBeatsTheFloor,
  clientTimeIsIgnored,
  commandsAreStampedOnArrival,
  equalTimestampsAreRaised,
  everyRecordReadsTheClock,
  floorIsLostWithTheRecords,
  futureTimestampsAreKept,
  requiredTimeMayBeMissing,
  timestampsFallWithinABatch,
  timestampsSaturateAt2ToThe63,
  uncappedIsIgnored,
]
