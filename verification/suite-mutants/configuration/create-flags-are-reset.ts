import type { RulesDefect } from '../defect.ts'

export const createFlagsAreReset: RulesDefect = {
  name: 'create-flags-are-reset',
  seam: 'rules',
  kills: ['CP-BAS-071', 'CP-CFG-068'],
  story: 'A PATCH that leaves out the create flags clears them.',
  apply: (rules, fired) => ({
    ...rules,
    patchBasin(stored, patch) {
      const isOn = stored.createStreamOnAppend || stored.createStreamOnRead
      return rules.patchBasin(
        isOn ? fired({ ...stored, createStreamOnAppend: false, createStreamOnRead: false }) : stored,
        patch,
      )
    },
  }),
}
