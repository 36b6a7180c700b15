import type { RulesDefect } from '../defect.ts'

export const oneOperationNeedsNoPermission: RulesDefect = {
  name: 'one-operation-needs-no-permission',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-033', 'CP-TOK-040'],
  story: 'Every token may check tails.',
  apply: (rules, fired) => ({
    ...rules,
    permits(principal, operation, resources) {
      const isPermitted = rules.permits(principal, operation, resources)
      return !isPermitted && operation === 'check-tail' ? fired(true) : isPermitted
    },
  }),
}
