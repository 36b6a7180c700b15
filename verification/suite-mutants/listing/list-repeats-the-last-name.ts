import { compareNames } from '../../../reference-server/semantics/resources/names.ts'
import type { RulesDefect } from '../defect.ts'

export const listRepeatsTheLastName: RulesDefect = {
  name: 'list-repeats-the-last-name',
  seam: 'rules',
  kills: ['CP-BAS-013', 'CP-BAS-017', 'CP-STR-011'],
  story: 'A listing begins with the name that it was to start after.',
  apply: (rules, fired) => ({
    ...rules,
    page(items, request) {
      const { startAfter } = request
      const all = [...items]
      if (!all.some(({ name }) => name === startAfter)) return rules.page(all, request)
      const rest = all.filter(({ name }) => compareNames(name, startAfter) >= 0)
      return rules.page(fired(rest), { ...request, startAfter: '' })
    },
  }),
}
