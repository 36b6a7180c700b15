import type { RulesDefect } from '../defect.ts'

export const modeResetsTheCap: RulesDefect = {
  name: 'mode-resets-the-cap',
  seam: 'rules',
  kills: ['CP-CFG-061'],
  story: 'A PATCH of the timestamping mode clears the setting beside it.',
  apply: (rules, fired) => ({
    ...rules,
    patchStream(stored, patch, ...given) {
      const isAlone = patch.timestampingMode !== undefined && patch.timestampingUncapped === undefined
      return rules.patchStream(
        stored,
        isAlone ? fired({ ...patch, timestampingUncapped: null }) : patch,
        ...given,
      )
    },
  }),
}
