import type { RulesDefect } from '../defect.ts'

export const recordsNeverExpire: RulesDefect = {
  name: 'records-never-expire',
  seam: 'rules',
  kills: ['AUT-014'],
  story: 'Records stay for ever, however short their retention.',
  apply: (rules, fired) => ({
    ...rules,
    isPastRetention: () => fired(false),
  }),
}
