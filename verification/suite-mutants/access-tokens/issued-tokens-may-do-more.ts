import { ROOT } from '../../../reference-server/semantics/access/access-token.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const issuedTokensMayDoMore: RulesDefect = {
  name: 'issued-tokens-may-do-more',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-014', 'CP-TOK-041'],
  story: 'A token can issue one that may do what itself may not.',
  apply: (rules, fired) => ({
    ...rules,
    issueAccessToken(issuer, wanted, existing, now) {
      const outcome = rules.issueAccessToken(issuer, wanted, existing, now)
      const isBeyond =
        isRefusal(outcome) && outcome.refusal === 'error' && outcome.code === 'permission_denied'
      return isBeyond ? fired(rules.issueAccessToken(ROOT, wanted, existing, now)) : outcome
    },
  }),
}
