import type { RulesDefect } from '../defect.ts'

export const ensureLeavesTheConfiguration: RulesDefect = {
  name: 'ensure-leaves-the-configuration',
  seam: 'rules',
  kills: ['CP-STR-042'],
  story: 'A PUT on a stream that is there leaves its configuration.',
  apply: (rules, fired) => ({
    ...rules,
    decideEnsureStream(stored, asked) {
      const decision = rules.decideEnsureStream(stored, asked)
      return decision === 'updated' ? fired('noop') : decision
    },
  }),
}
