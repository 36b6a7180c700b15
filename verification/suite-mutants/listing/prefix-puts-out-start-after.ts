import type { RulesDefect } from '../defect.ts'

export const prefixPutsOutStartAfter: RulesDefect = {
  name: 'prefix-puts-out-start-after',
  seam: 'rules',
  kills: ['CP-BAS-014'],
  story: 'A listing with a prefix begins at the first name that has it.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      const isBoth = request.prefix !== '' && request.startAfter !== ''
      return rules.page(items, isBoth ? fired({ ...request, startAfter: '' }) : request)
    },
  }),
}
