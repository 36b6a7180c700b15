import type { RulesDefect } from '../defect.ts'
import { takingLive } from './live-records.ts'

export const followerGetsOneRecordABatch: RulesDefect = {
  name: 'follower-gets-one-record-a-batch',
  seam: 'rules',
  only: 'transport',
  withholds: true,
  kills: ['LIN-024'],
  story: 'A follower gets the first record of a batch and not the others.',
  apply: (rules, fired) =>
    takingLive(
      rules,
      (rule) => (records, budget) => rule(records.length > 1 ? fired(records.slice(0, 1)) : records, budget),
    ),
}
