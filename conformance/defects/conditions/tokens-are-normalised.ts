import type { RulesDefect } from '../defect.ts'

export const tokensAreNormalised: RulesDefect = {
  name: 'tokens-are-normalised',
  seam: 'rules',
  kills: ['CMD-030'],
  story: 'Two ways to write an accented letter count as the same fencing token.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { fencingToken } = batch
      const isAlike =
        fencingToken !== undefined &&
        fencingToken !== state.fencingToken &&
        fencingToken.normalize() === state.fencingToken.normalize()
      return rules.append(
        state,
        isAlike ? fired({ ...batch, fencingToken: state.fencingToken }) : batch,
        ...given,
      )
    },
  }),
}
