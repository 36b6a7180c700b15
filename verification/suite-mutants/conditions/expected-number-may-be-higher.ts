import type { RulesDefect } from '../defect.ts'

export const expectedNumberMayBeHigher: RulesDefect = {
  name: 'expected-number-may-be-higher',
  seam: 'rules',
  kills: ['APP-013', 'LIN-006'],
  story: 'An append succeeds though it expects more records than there are.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { matchSeqNum } = batch
      const isAhead = matchSeqNum !== undefined && matchSeqNum > state.tail.seqNum
      return rules.append(state, isAhead ? fired({ ...batch, matchSeqNum: undefined }) : batch, ...given)
    },
  }),
}
