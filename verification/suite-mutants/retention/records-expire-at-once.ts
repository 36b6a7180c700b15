import type { RulesDefect } from '../defect.ts'

export const recordsExpireAtOnce: RulesDefect = {
  name: 'records-expire-at-once',
  seam: 'rules',
  kills: ['AUT-015'],
  story: 'Records go with the next sweep, however young they are.',
  apply: (rules, fired) => ({
    ...rules,
    keptUntil(retention, writtenAt) {
      const until = rules.keptUntil(retention, writtenAt)
      return until === undefined ? until : fired(writtenAt)
    },
  }),
}
