import type { Defect } from '../defect.ts'
import { staleTailDuringCommits } from './stale-tail-during-commits.ts'
import { tailComesBeforeItsRecords } from './tail-comes-before-its-records.ts'
import { tailCountsWhatIsKept } from './tail-counts-what-is-kept.ts'
import { tailGoesBack } from './tail-goes-back.ts'
import { tailIsTheLastRecord } from './tail-is-the-last-record.ts'

export const checkTail: readonly Defect[] = [
  staleTailDuringCommits,
  tailComesBeforeItsRecords,
  tailCountsWhatIsKept,
  tailGoesBack,
  tailIsTheLastRecord,
]
