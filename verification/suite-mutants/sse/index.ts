import type { Defect } from '../defect.ts'
import { batchesHaveNoName } from './batches-have-no-name.ts'
import { endHasAnId } from './end-has-an-id.ts'
import { endIsANamedEvent } from './end-is-a-named-event.ts'
import { endIsNotTold } from './end-is-not-told.ts'
import { errorIsAComment } from './error-is-a-comment.ts'
import { formatIsIgnored } from './format-is-ignored.ts'
import { idCountsBodiesAlone } from './id-counts-bodies-alone.ts'
import { idCountsOneBatch } from './id-counts-one-batch.ts'
import { lineEndsAreSentAsTheyAre } from './line-ends-are-sent-as-they-are.ts'
import { pingHasAnId } from './ping-has-an-id.ts'
import { pingTellsAnotherTail } from './ping-tells-another-tail.ts'
import { pingTellsSeconds } from './ping-tells-seconds.ts'
import { resumeForgetsWhatWasDelivered } from './resume-forgets-what-was-delivered.ts'
import { resumeKeepsTheTimestamp } from './resume-keeps-the-timestamp.ts'
import { resumeRepeatsARecord } from './resume-repeats-a-record.ts'
import { sseIdNamesTheFirstRecord } from './sse-id-names-the-first-record.ts'

export const sse: readonly Defect[] = [
  batchesHaveNoName,
  endHasAnId,
  endIsANamedEvent,
  endIsNotTold,
  errorIsAComment,
  formatIsIgnored,
  idCountsBodiesAlone,
  idCountsOneBatch,
  lineEndsAreSentAsTheyAre,
  pingHasAnId,
  pingTellsAnotherTail,
  pingTellsSeconds,
  resumeForgetsWhatWasDelivered,
  resumeKeepsTheTimestamp,
  resumeRepeatsARecord,
  sseIdNamesTheFirstRecord,
]
