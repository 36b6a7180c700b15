import type { RulesDefect } from '../defect.ts'

export const defaultStartIsTheFirstRecord: RulesDefect = {
  name: 'default-start-is-the-first-record',
  seam: 'rules',
  kills: ['READ-002'],
  story: 'A read that names no start begins at the first record instead of at the tail.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      const isBare =
        start.seqNum === undefined && start.timestamp === undefined && start.tailOffset === undefined
      return rules.resolveStart(isBare ? fired({ ...start, seqNum: 0n }) : start, tail, mayStandAtTail)
    },
  }),
}
