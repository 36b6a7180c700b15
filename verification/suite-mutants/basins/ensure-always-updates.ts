import type { RulesDefect } from '../defect.ts'

export const ensureAlwaysUpdates: RulesDefect = {
  name: 'ensure-always-updates',
  seam: 'rules',
  kills: ['CP-BAS-053'],
  story: 'A PUT that changes nothing says that it has.',
  apply: (rules, fired) => ({
    ...rules,
    decideEnsureBasin(stored, request) {
      const decision = rules.decideEnsureBasin(stored, request)
      return decision === 'noop' ? fired('updated') : decision
    },
  }),
}
