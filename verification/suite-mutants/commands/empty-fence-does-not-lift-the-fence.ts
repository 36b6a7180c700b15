import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const emptyFenceDoesNotLiftTheFence: RulesDefect = {
  name: 'empty-fence-does-not-lift-the-fence',
  seam: 'rules',
  kills: ['APP-017'],
  story: 'A fence with an empty token leaves the one that is in force.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      const records = batch.records.map((record): BatchRecord => {
        const { effect } = record
        const isEmpty = effect.command === 'fence' && effect.token === NO_FENCE
        return isEmpty ? fired({ ...record, effect: { command: 'none' } }) : record
      })
      return { ...batch, records }
    },
  }),
}
