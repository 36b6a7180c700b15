import type { RulesDefect } from '../defect.ts'

export const fenceAppliesToItsOwnBatch: RulesDefect = {
  name: 'fence-applies-to-its-own-batch',
  seam: 'rules',
  kills: ['APP-024'],
  story: 'A batch that sets a fence is checked against the token that it sets.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const fence = batch.records.find(({ effect }) => effect.command === 'fence')?.effect
      if (fence?.command !== 'fence' || batch.fencingToken === undefined)
        return rules.append(state, batch, ...given)
      return rules.append(fired({ ...state, fencingToken: fence.token }), batch, ...given)
    },
  }),
}
