import type { RulesDefect } from '../defect.ts'

export const patchedAgeOfZeroIsTaken: RulesDefect = {
  name: 'patched-age-of-zero-is-taken',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-BAS-074', 'CP-STR-063'],
  story: 'A PATCH may set a retention of no time at all, which a creation may not.',
  apply: (rules, fired) => ({
    ...rules,
    checkStreamPatch(patch, flavor) {
      const { retention } = patch
      const isZero = retention != null && 'age' in retention && retention.age === 0n
      return rules.checkStreamPatch(isZero ? fired({ ...patch, retention: undefined }) : patch, flavor)
    },
  }),
}
