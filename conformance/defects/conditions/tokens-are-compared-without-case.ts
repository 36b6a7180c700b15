import type { RulesDefect } from '../defect.ts'

export const tokensAreComparedWithoutCase: RulesDefect = {
  name: 'tokens-are-compared-without-case',
  seam: 'rules',
  kills: ['APP-015'],
  story: 'A fencing token passes in upper case too.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { fencingToken } = batch
      const isAlike =
        fencingToken !== undefined &&
        fencingToken !== state.fencingToken &&
        fencingToken.toLowerCase() === state.fencingToken.toLowerCase()
      return rules.append(
        state,
        isAlike ? fired({ ...batch, fencingToken: state.fencingToken }) : batch,
        ...given,
      )
    },
  }),
}
