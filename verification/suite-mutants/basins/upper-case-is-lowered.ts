import type { RulesDefect } from '../defect.ts'

export const upperCaseIsLowered: RulesDefect = {
  name: 'upper-case-is-lowered',
  seam: 'rules',
  kills: ['CP-BAS-001'],
  story: 'A basin name in upper case is taken, as if it were written in lower case.',
  apply: (rules, fired) => ({
    ...rules,
    parseBasinName(text) {
      const lower = text.toLowerCase()
      return rules.parseBasinName(lower === text ? text : fired(lower))
    },
  }),
}
