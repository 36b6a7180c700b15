import type { RulesDefect } from '../defect.ts'

export const expectedNumberIsThatOfTheLastRecord: RulesDefect = {
  name: 'expected-number-is-that-of-the-last-record',
  seam: 'rules',
  kills: ['APP-011', 'APP-013'],
  story: 'The condition is met by the number of the last record instead of the next.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { matchSeqNum } = batch
      if (matchSeqNum === undefined || state.tail.seqNum === 0n) return rules.append(state, batch, ...given)
      return rules.append(state, fired({ ...batch, matchSeqNum: matchSeqNum + 1n }), ...given)
    },
  }),
}
