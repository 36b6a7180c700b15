import type { StreamName } from '../../../reference-server/semantics/resources/names.ts'
import type { RulesDefect } from '../defect.ts'

export const aDotIsAName: RulesDefect = {
  name: 'a-dot-is-a-name',
  seam: 'rules',
  kills: ['CP-STR-001'],
  story: 'A stream may be called by a single dot, which paths cannot name.',
  apply: (rules, fired) => ({
    ...rules,
    // Which looks at the whole name once more.
    addPrefix(principal, name) {
      const named = rules.addPrefix(principal, name)
      return 'name' in named ? named : { name }
    },
    parseStreamName(text) {
      return text === '.' || text === '..' ? fired({ name: text as StreamName }) : rules.parseStreamName(text)
    },
  }),
}
