import type { RulesDefect } from '../defect.ts'

export const tokensAreTrimmedOfSpaces: RulesDefect = {
  name: 'tokens-are-trimmed-of-spaces',
  seam: 'rules',
  kills: ['CMD-030'],
  story: 'Spaces around a fencing token do not count.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { fencingToken } = batch
      const isAlike =
        fencingToken !== undefined &&
        fencingToken !== state.fencingToken &&
        fencingToken.trim() === state.fencingToken.trim()
      return rules.append(
        state,
        isAlike ? fired({ ...batch, fencingToken: state.fencingToken }) : batch,
        ...given,
      )
    },
  }),
}
