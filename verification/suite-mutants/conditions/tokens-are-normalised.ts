import type { RulesDefect } from '../defect.ts'
import { passAlike } from './alike-tokens.ts'

export const tokensAreNormalised: RulesDefect = {
  name: 'tokens-are-normalised',
  seam: 'rules',
  kills: ['CMD-030'],
  story: 'Two ways to write an accented letter count as the same fencing token.',
  apply: (rules, fired) => ({ ...rules, append: passAlike(rules, fired, (token) => token.normalize()) }),
}
