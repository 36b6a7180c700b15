import type { Defect } from '../defect.ts'
import { appendsAtOnceTakeOnePlace } from './appends-at-once-take-one-place.ts'
import { batchIsCutAtItsFirstBadRecord } from './batch-is-cut-at-its-first-bad-record.ts'
import { batchesAreMeasuredRecordByRecord } from './batches-are-measured-record-by-record.ts'
import { bodiesEndAtANul } from './bodies-end-at-a-nul.ts'
import { emptyBatchIsAppended } from './empty-batch-is-appended.ts'
import { emptyBodiesAreDropped } from './empty-bodies-are-dropped.ts'
import { emptyHeaderNamesAreTaken } from './empty-header-names-are-taken.ts'
import { headerValuesEndAtANul } from './header-values-end-at-a-nul.ts'
import { headersAreNotMeasured } from './headers-are-not-measured.ts'
import { headersAreSorted } from './headers-are-sorted.ts'
import { largestBatchIsRefused } from './largest-batch-is-refused.ts'
import { oneRecordTooManyIsTaken } from './one-record-too-many-is-taken.ts'
import { refusedBatchLeavesAGap } from './refused-batch-leaves-a-gap.ts'
import { repeatedHeadersAreMerged } from './repeated-headers-are-merged.ts'
import { thousandthRecordIsRefused } from './thousandth-record-is-refused.ts'
import { unknownCommandsAreTaken } from './unknown-commands-are-taken.ts'

export const append: readonly Defect[] = [
  appendsAtOnceTakeOnePlace,
  batchIsCutAtItsFirstBadRecord,
  batchesAreMeasuredRecordByRecord,
  bodiesEndAtANul,
  emptyBatchIsAppended,
  emptyBodiesAreDropped,
  emptyHeaderNamesAreTaken,
  headerValuesEndAtANul,
  headersAreNotMeasured,
  headersAreSorted,
  largestBatchIsRefused,
  oneRecordTooManyIsTaken,
  refusedBatchLeavesAGap,
  repeatedHeadersAreMerged,
  thousandthRecordIsRefused,
  unknownCommandsAreTaken,
]
