import type { RulesDefect } from '../defect.ts'

export const expectedNumberMayBeLower: RulesDefect = {
  name: 'expected-number-may-be-lower',
  seam: 'rules',
  kills: ['APP-013', 'LIN-006'],
  story: 'An append succeeds whenever the stream is at least as long as it expects.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { matchSeqNum } = batch
      const isPassed = matchSeqNum !== undefined && matchSeqNum < state.tail.seqNum
      return rules.append(state, isPassed ? fired({ ...batch, matchSeqNum: undefined }) : batch, ...given)
    },
  }),
}
