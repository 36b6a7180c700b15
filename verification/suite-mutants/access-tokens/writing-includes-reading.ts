import type { RulesDefect } from '../defect.ts'

export const writingIncludesReading: RulesDefect = {
  name: 'writing-includes-reading',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-031', 'CP-TOK-033'],
  story: 'Who may write of a group of operations may read of it.',
  apply: (rules, fired) => ({
    ...rules,
    permits(principal, operation, resources) {
      if (rules.permits(principal, operation, resources)) return true
      const { account, basin, stream } = principal.scope.groups
      const both = ({ read, write }: typeof account) => ({ read: read || write, write })
      const groups = { account: both(account), basin: both(basin), stream: both(stream) }
      const wider = { ...principal, scope: { ...principal.scope, groups } }
      return rules.permits(wider, operation, resources) ? fired(true) : false
    },
  }),
}
