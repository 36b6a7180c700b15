import type { RulesDefect } from '../defect.ts'

export const requestTokenIsIgnored: RulesDefect = {
  name: 'request-token-is-ignored',
  seam: 'rules',
  kills: ['CP-BAS-033', 'CP-STR-022'],
  story: 'A creation that is repeated with its token is refused.',
  apply: (rules, fired) => ({
    ...rules,
    creationKey(token, request) {
      return token === undefined ? rules.creationKey(token, request) : fired(undefined)
    },
  }),
}
