import type { RulesDefect } from '../defect.ts'

export const numbersAbove2ToThe63StartAt0: RulesDefect = {
  name: 'numbers-above-2-to-the-63-start-at-0',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-071'],
  story: 'A start beyond the largest signed number is taken for negative, and so for the first record.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      const { seqNum = 0n } = start
      return rules.resolveStart(
        seqNum >= 2n ** 63n ? fired({ ...start, seqNum: 0n }) : start,
        tail,
        mayStandAtTail,
      )
    },
  }),
}
