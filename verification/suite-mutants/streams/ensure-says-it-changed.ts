import type { RulesDefect } from '../defect.ts'

export const ensureSaysItChanged: RulesDefect = {
  name: 'ensure-says-it-changed',
  seam: 'rules',
  kills: ['CP-STR-041', 'CP-STR-043'],
  story: 'A PUT that leaves a stream as it was says that it has changed it.',
  apply: (rules, fired) => ({
    ...rules,
    decideEnsureStream(stored, asked) {
      const decision = rules.decideEnsureStream(stored, asked)
      return decision === 'noop' ? fired('updated') : decision
    },
  }),
}
