import type { RulesDefect } from '../defect.ts'

export const zeroIsNoExpectedNumber: RulesDefect = {
  name: 'zero-is-no-expected-number',
  seam: 'rules',
  kills: ['APP-012'],
  story: 'The condition that the stream is still empty is taken for none.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { matchSeqNum } = batch
      return rules.append(
        state,
        matchSeqNum === 0n ? fired({ ...batch, matchSeqNum: undefined }) : batch,
        ...given,
      )
    },
  }),
}
