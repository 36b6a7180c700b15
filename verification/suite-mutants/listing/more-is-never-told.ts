import type { RulesDefect } from '../defect.ts'

export const moreIsNeverTold: RulesDefect = {
  name: 'more-is-never-told',
  seam: 'rules',
  kills: ['CP-BAS-016', 'CP-BAS-017'],
  story: 'A page that was cut says that it is the last.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      const page = rules.page(items, request)
      return page.hasMore ? fired({ ...page, hasMore: false }) : page
    },
  }),
}
