import type { BasinName } from '../../../reference-server/semantics/resources/names.ts'
import type { RulesDefect } from '../defect.ts'

export const namesMayEndWithAHyphen: RulesDefect = {
  name: 'names-may-end-with-a-hyphen',
  seam: 'rules',
  kills: ['CP-BAS-001'],
  story: 'A basin name may have a hyphen at its end.',
  apply: (rules, fired) => ({
    ...rules,
    parseBasinName(text) {
      const named = rules.parseBasinName(text)
      return /^[a-z0-9-]{8,48}$/.test(text) && text.endsWith('-') && !text.startsWith('-')
        ? fired({ name: text as BasinName })
        : named
    },
  }),
}
