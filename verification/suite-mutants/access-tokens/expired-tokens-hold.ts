import type { RulesDefect } from '../defect.ts'

export const expiredTokensHold: RulesDefect = {
  name: 'expired-tokens-hold',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-016'],
  story: 'A token can be used after it has expired.',
  apply: (rules, fired) => ({
    ...rules,
    isExpired: (token, now) => (rules.isExpired(token, now) ? fired(false) : false),
  }),
}
