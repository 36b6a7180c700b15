import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const tokenMayPermitNothing: RulesDefect = {
  name: 'token-may-permit-nothing',
  seam: 'rules',
  kills: ['CP-TOK-012'],
  story: 'A token can be issued that permits nothing.',
  apply: (rules, fired) => ({
    ...rules,
    issueAccessToken(issuer, wanted, existing, now) {
      const outcome = rules.issueAccessToken(issuer, wanted, existing, now)
      const filled = { ...wanted, scope: { ...wanted.scope, ops: issuer.scope.ops } }
      if (!isRefusal(outcome) || wanted.scope.ops.length > 0) return outcome
      const issued = rules.issueAccessToken(issuer, filled, existing, now)
      return isRefusal(issued) ? outcome : fired({ ...issued, scope: wanted.scope })
    },
  }),
}
