import type { RulesDefect } from '../defect.ts'

export const deletingStreamIsNotListed: RulesDefect = {
  name: 'deleting-stream-is-not-listed',
  seam: 'rules',
  kills: ['CP-STR-012'],
  story: 'A stream that is being deleted is left out of the listing.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      const all = [...items]
      const left = all.filter((item) => !('deletedAt' in item) || item.deletedAt === undefined)
      return rules.page(left.length === all.length ? all : fired(left), request)
    },
  }),
}
