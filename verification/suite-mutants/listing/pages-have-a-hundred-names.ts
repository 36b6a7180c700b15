import type { RulesDefect } from '../defect.ts'

export const pagesHaveAHundredNames: RulesDefect = {
  name: 'pages-have-a-hundred-names',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-LIM-010'],
  story: 'A page holds at most 100 names, where 1000 are allowed.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      const page = rules.page(items, request)
      if (page.items.length <= 100) return page
      return fired({ items: page.items.slice(0, 100), hasMore: true })
    },
  }),
}
