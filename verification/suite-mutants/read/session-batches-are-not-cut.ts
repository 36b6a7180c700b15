import type { RulesDefect } from '../defect.ts'

export const sessionBatchesAreNotCut: RulesDefect = {
  name: 'session-batches-are-not-cut',
  seam: 'rules',
  only: 'transport',
  kills: ['READ-037'],
  story: 'A session delivers all it has in one batch, beyond 1000 records too.',
  apply: (rules, fired) => ({
    ...rules,
    cutBatches(records) {
      const batches = rules.cutBatches(records)
      return batches.length > 1 ? fired([records]) : batches
    },
  }),
}
