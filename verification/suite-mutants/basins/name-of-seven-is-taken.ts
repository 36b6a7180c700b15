import { MIN_BASIN_NAME_BYTES } from '../../../proto/limits.ts'
import type { BasinName } from '../../../reference-server/semantics/resources/names.ts'
import type { RulesDefect } from '../defect.ts'

export const nameOfSevenIsTaken: RulesDefect = {
  name: 'name-of-seven-is-taken',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-BAS-001'],
  story: 'A basin name may have seven characters, one fewer than the least.',
  apply: (rules, fired) => ({
    ...rules,
    parseBasinName(text) {
      const named = rules.parseBasinName(text)
      const longer = rules.parseBasinName(`a${text}`)
      const isShort = text.length === MIN_BASIN_NAME_BYTES - 1 && /^[a-z0-9]/.test(text) && 'name' in longer
      return isShort ? fired({ name: text as BasinName }) : named
    },
  }),
}
