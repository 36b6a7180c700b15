import { NO_FENCE } from '../../../reference-server/semantics/batch/fencing-token.ts'
import type { RulesDefect } from '../defect.ts'

export const unfencedStreamTakesAnyToken: RulesDefect = {
  name: 'unfenced-stream-takes-any-token',
  seam: 'rules',
  kills: ['APP-018', 'AUT-006', 'PROP-001'],
  story: 'Where no fence was set an append succeeds with whatever token it brings.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const { fencingToken } = batch
      const isStray =
        state.fencingToken === NO_FENCE && fencingToken !== undefined && fencingToken !== NO_FENCE
      const admitted = isStray ? fired({ ...batch, fencingToken: undefined }) : batch
      return rules.append(state, admitted, now, timestamping, cipher)
    },
  }),
}
