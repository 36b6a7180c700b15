import type { KeptRecord } from '../../../reference-server/semantics/read/kept-record.ts'
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

/** The rules, but what followers take of a live batch is decided by `take`; it gets the rule for what it leaves as it is. */
export function takingLive(rules: Rules, take: (rule: Rules['takeRecords']) => Rules['takeRecords']): Rules {
  const { append, areLive } = liveRecords(rules)
  const { takeRecords } = rules
  const takeLive = take(takeRecords)
  return {
    ...rules,
    append,
    takeRecords: (records, budget) => (areLive(records) ? takeLive : takeRecords)(records, budget),
  }
}
