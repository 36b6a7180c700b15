import type { KeptRecord } from '../../../reference-server/semantics/encryption.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { Rules } from '../../../reference-server/semantics/rules.ts'

export interface LiveRecords {
  /** The rule, by which the records of a batch become known. */
  readonly append: Rules['append']
  /** Whether these have never been in the store: a follower is handed them as they were appended. */
  areLive(records: readonly KeptRecord[]): boolean
}

/** Tells records on their way to followers from those that were read from the store, which are copies. */
export function liveRecords(rules: Rules): LiveRecords {
  const appended = new WeakSet<KeptRecord>()
  return {
    append(...given) {
      const outcome = rules.append(...given)
      if (!isRefusal(outcome)) for (const record of outcome.records) appended.add(record)
      return outcome
    },
    areLive: ([first]) => first !== undefined && appended.has(first),
  }
}
