import type { RulesDefect } from '../defect.ts'

export const ageOfZeroIsTaken: RulesDefect = {
  name: 'age-of-zero-is-taken',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-CFG-003', 'CP-BAS-041', 'CP-STR-029'],
  story: 'A retention of no time at all is taken.',
  apply: (rules, fired) => ({
    ...rules,
    checkStreamConfig(config, flavor) {
      const { retention } = config
      const isZero = retention !== undefined && 'age' in retention && retention.age === 0n
      return rules.checkStreamConfig(isZero ? fired({ ...config, retention: undefined }) : config, flavor)
    },
  }),
}
