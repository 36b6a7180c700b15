import type { RulesDefect } from '../defect.ts'
import { takingLive } from './live-records.ts'

export const untilIsForgottenAtTheTail: RulesDefect = {
  name: 'until-is-forgotten-at-the-tail',
  seam: 'rules',
  only: 'transport',
  withholds: true,
  kills: ['READ-036'],
  story: 'A session that follows goes on beyond the time that it is bounded by.',
  apply: (rules, fired) =>
    takingLive(
      rules,
      (rule) => (records, budget) =>
        rule(records, budget.until === undefined ? budget : fired({ ...budget, until: undefined })),
    ),
}
