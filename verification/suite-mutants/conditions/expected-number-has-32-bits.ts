import type { RulesDefect } from '../defect.ts'

export const expectedNumberHas32Bits: RulesDefect = {
  name: 'expected-number-has-32-bits',
  seam: 'rules',
  only: 'limit',
  kills: ['PROP-006'],
  story: 'Of the expected number only the lower half is compared.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { matchSeqNum } = batch
      const isLong = matchSeqNum !== undefined && matchSeqNum >= 1n << 32n
      const low = isLong ? fired({ ...batch, matchSeqNum: BigInt.asUintN(32, matchSeqNum) }) : batch
      return rules.append(state, low, ...given)
    },
  }),
}
