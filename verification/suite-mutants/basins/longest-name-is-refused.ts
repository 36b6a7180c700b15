import { MAX_BASIN_NAME_BYTES } from '../../../proto/limits.ts'
import type { RulesDefect } from '../defect.ts'

export const longestNameIsRefused: RulesDefect = {
  name: 'longest-name-is-refused',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-BAS-001'],
  story: 'A basin name of exactly 48 characters is refused, as if the limit were exclusive.',
  apply: (rules, fired) => ({
    ...rules,
    parseBasinName(text) {
      return text.length === MAX_BASIN_NAME_BYTES
        ? fired({ misnamed: 'the name is too long' })
        : rules.parseBasinName(text)
    },
  }),
}
