import { UNSET_STREAM_CONFIG } from '../../../reference-server/semantics/resources/config.ts'
import type { RulesDefect } from '../defect.ts'

export const basinDefaultsAreNotInherited: RulesDefect = {
  name: 'basin-defaults-are-not-inherited',
  seam: 'rules',
  kills: ['AUT-001', 'CP-CFG-040', 'CP-CFG-042'],
  story: 'New streams take the defaults of the system where their basin has defaults of its own.',
  apply: (rules, fired) => ({
    ...rules,
    newStream(request, basin, system) {
      const isSet = Object.values(basin.defaultStreamConfig).some((value) => value !== undefined)
      const without = { ...basin, defaultStreamConfig: UNSET_STREAM_CONFIG }
      return rules.newStream(request, isSet ? fired(without) : basin, system)
    },
  }),
}
