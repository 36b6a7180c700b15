import type { RulesDefect } from '../defect.ts'

export const fullPagesPromiseMore: RulesDefect = {
  name: 'full-pages-promise-more',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-BAS-016'],
  story: 'A page that is full says that there is more, though it holds the last name.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      const page = rules.page(items, request)
      const isFull = BigInt(page.items.length) === request.limit && page.items.length > 0
      return isFull && !page.hasMore ? fired({ ...page, hasMore: true }) : page
    },
  }),
}
