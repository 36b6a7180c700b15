import type { RulesDefect } from '../defect.ts'

export const listingsForgetThePrefix: RulesDefect = {
  name: 'listings-forget-the-prefix',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-050'],
  story: 'Who names streams without a prefix must list them with it.',
  apply: (rules, fired) => ({
    ...rules,
    addListingPrefix(principal, request) {
      return rules.addListingPrefix(principal, request).prefix === request.prefix ? request : fired(request)
    },
  }),
}
