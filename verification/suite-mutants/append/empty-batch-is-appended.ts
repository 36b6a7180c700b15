import type { RulesDefect } from '../defect.ts'

export const emptyBatchIsAppended: RulesDefect = {
  name: 'empty-batch-is-appended',
  seam: 'rules',
  kills: ['REC-005'],
  story: 'A batch without records is acknowledged instead of refused.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      if (input.records.length > 0) return rules.admitBatch(input)
      return fired({ records: [], size: 0n, matchSeqNum: input.matchSeqNum, fencingToken: undefined })
    },
  }),
}
