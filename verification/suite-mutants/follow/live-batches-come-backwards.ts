import type { RulesDefect } from '../defect.ts'
import { takingLive } from './live-records.ts'

export const liveBatchesComeBackwards: RulesDefect = {
  name: 'live-batches-come-backwards',
  seam: 'rules',
  only: 'transport',
  kills: ['LIN-024'],
  story: 'A follower gets the records of a batch in the wrong order.',
  apply: (rules, fired) =>
    takingLive(
      rules,
      (rule) => (records, budget) => rule(records.length > 1 ? fired(records.toReversed()) : records, budget),
    ),
}
