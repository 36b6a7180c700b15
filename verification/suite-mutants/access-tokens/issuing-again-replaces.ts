import type { RulesDefect } from '../defect.ts'

export const issuingAgainReplaces: RulesDefect = {
  name: 'issuing-again-replaces',
  seam: 'rules',
  kills: ['CP-TOK-011'],
  story: 'A token takes the place of the one with its id.',
  apply: (rules, fired) => ({
    ...rules,
    issueAccessToken(issuer, wanted, existing, now) {
      return rules.issueAccessToken(issuer, wanted, existing === undefined ? existing : fired(undefined), now)
    },
  }),
}
