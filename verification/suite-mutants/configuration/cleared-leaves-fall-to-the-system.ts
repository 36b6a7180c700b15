import { UNSET_STREAM_CONFIG } from '../../../reference-server/semantics/resources/config.ts'
import type { RulesDefect } from '../defect.ts'

export const clearedLeavesFallToTheSystem: RulesDefect = {
  name: 'cleared-leaves-fall-to-the-system',
  seam: 'rules',
  kills: ['CP-STR-061', 'CP-CFG-065'],
  story: 'What a PATCH clears on a stream becomes the default of the system and not that of the basin.',
  apply: (rules, fired) => ({
    ...rules,
    patchStream(stored, patch, basinDefault, system) {
      const isCleared = Object.values(patch).includes(null)
      return rules.patchStream(stored, patch, isCleared ? fired(UNSET_STREAM_CONFIG) : basinDefault, system)
    },
  }),
}
