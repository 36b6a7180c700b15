import type { RulesDefect } from '../defect.ts'

export const namesAreToldWithThePrefix: RulesDefect = {
  name: 'names-are-told-with-the-prefix',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-050', 'CP-TOK-051'],
  story: 'Who names streams without a prefix is told their names with it.',
  apply: (rules, fired) => ({
    ...rules,
    removePrefix(principal, name) {
      return rules.removePrefix(principal, name) === name ? name : fired(name)
    },
  }),
}
