import type { RulesDefect } from '../defect.ts'

export const createFlagsAreNotPatched: RulesDefect = {
  name: 'create-flags-are-not-patched',
  seam: 'rules',
  kills: ['CP-CFG-068'],
  story: 'A PATCH of the create flags leaves them as they were.',
  apply: (rules, fired) => ({
    ...rules,
    patchBasin(stored, patch) {
      const isAsked = patch.createStreamOnAppend !== undefined || patch.createStreamOnRead !== undefined
      return rules.patchBasin(
        stored,
        isAsked ? fired({ ...patch, createStreamOnAppend: undefined, createStreamOnRead: undefined }) : patch,
      )
    },
  }),
}
