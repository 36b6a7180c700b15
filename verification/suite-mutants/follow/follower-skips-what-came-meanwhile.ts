import { MAX_BATCH_RECORDS, MAX_METERED_BYTES } from '../../../proto/limits.ts'
import { type KeptRecord, sizeOf } from '../../../reference-server/semantics/read/kept-record.ts'
import type { Budget } from '../../../reference-server/semantics/read/read-bounds.ts'
import type { RulesDefect } from '../defect.ts'
import { liveRecords } from './live-records.ts'

export const followerSkipsWhatCameMeanwhile: RulesDefect = {
  name: 'follower-skips-what-came-meanwhile',
  seam: 'rules',
  only: 'concurrency',
  kills: ['READ-053'],
  story: 'A follower misses the first record that is appended while it catches up.',
  apply(rules, fired) {
    const { append, areLive } = liveRecords(rules)
    const caughtUp = new WeakSet<Budget>()
    return {
      ...rules,
      append,
      takeRecords(records, budget) {
        if (areLive(records) || records.length === 0) return rules.takeRecords(records, budget)
        const taken = rules.takeRecords(caughtUp.has(budget) ? fired(records.slice(1)) : records, budget)
        if (reachesTheTail(records)) caughtUp.add(taken.left)
        return taken
      },
    }
  },
}

/** True of what the store had to give; a page that is cut by its size may be followed by older records. */
function reachesTheTail(records: readonly KeptRecord[]): boolean {
  const size = records.reduce((sum, record) => sum + sizeOf(record), 0n)
  return records.length < MAX_BATCH_RECORDS && size < MAX_METERED_BYTES
}
