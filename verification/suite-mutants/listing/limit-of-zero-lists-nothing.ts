import type { RulesDefect } from '../defect.ts'

export const limitOfZeroListsNothing: RulesDefect = {
  name: 'limit-of-zero-lists-nothing',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-BAS-015'],
  story: 'A listing with the limit 0 is empty instead of a page of the default size.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      return request.limit === 0n ? fired({ items: [], hasMore: true }) : rules.page(items, request)
    },
  }),
}
