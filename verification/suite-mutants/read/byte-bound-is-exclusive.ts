import type { RulesDefect } from '../defect.ts'

export const byteBoundIsExclusive: RulesDefect = {
  name: 'byte-bound-is-exclusive',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-021'],
  story: 'A record that fills a byte bound to the last byte is left out.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const taken = rules.takeRecords(records, budget)
      const isFull = taken.left.bytes === 0n && taken.records.length > 0 && budget.bytes !== undefined
      return isFull ? fired({ ...taken, records: taken.records.slice(0, -1) }) : taken
    },
  }),
}
