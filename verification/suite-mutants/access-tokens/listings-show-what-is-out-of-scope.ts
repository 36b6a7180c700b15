import type { RulesDefect } from '../defect.ts'

export const listingsShowWhatIsOutOfScope: RulesDefect = {
  name: 'listings-show-what-is-out-of-scope',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-040'],
  story: 'A listing shows what the scope of the token does not cover.',
  apply: (rules, fired) => ({
    ...rules,
    narrowListing(request, visible) {
      const narrow = rules.narrowListing(request, visible)
      return narrow.prefix === request.prefix && narrow.exact === request.exact ? narrow : fired(request)
    },
  }),
}
