import type { RulesDefect } from '../defect.ts'

export const startAfterMustExist: RulesDefect = {
  name: 'start-after-must-exist',
  seam: 'rules',
  kills: ['CP-BAS-013'],
  story: 'A listing that starts after a name that is not there starts at the first.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      const { startAfter } = request
      const all = [...items]
      const isThere = startAfter === '' || all.some(({ name }) => name === startAfter)
      return rules.page(all, isThere ? request : fired({ ...request, startAfter: '' }))
    },
  }),
}
