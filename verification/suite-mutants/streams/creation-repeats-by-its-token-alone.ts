import type { RulesDefect } from '../defect.ts'

export const creationRepeatsByItsTokenAlone: RulesDefect = {
  name: 'creation-repeats-by-its-token-alone',
  seam: 'rules',
  kills: ['CP-BAS-034', 'CP-BAS-035', 'CP-STR-022', 'PROP-003'],
  story:
    'A creation with a known token and another configuration succeeds, and nothing comes of the configuration.',
  apply: (rules, fired) => ({
    ...rules,
    decideCreate(kind, known, key) {
      const isOther = known?.requestToken === key?.requestToken && known?.config !== key?.config
      return rules.decideCreate(kind, known, isOther ? fired(known) : key)
    },
  }),
}
