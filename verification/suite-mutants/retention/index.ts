import type { Defect } from '../defect.ts'
import { emptyStreamsGoAtOnce } from './empty-streams-go-at-once.ts'
import { recordsExpireAtOnce } from './records-expire-at-once.ts'
import { recordsNeverExpire } from './records-never-expire.ts'

export const retention: readonly Defect[] = [emptyStreamsGoAtOnce, recordsExpireAtOnce, recordsNeverExpire]
