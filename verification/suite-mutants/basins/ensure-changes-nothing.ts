import type { RulesDefect } from '../defect.ts'

export const ensureChangesNothing: RulesDefect = {
  name: 'ensure-changes-nothing',
  seam: 'rules',
  kills: ['CP-BAS-051'],
  story: 'A PUT on a basin that is there leaves its configuration.',
  apply: (rules, fired) => ({
    ...rules,
    decideEnsureBasin(stored, request) {
      const decision = rules.decideEnsureBasin(stored, request)
      return decision === 'updated' ? fired('noop') : decision
    },
  }),
}
