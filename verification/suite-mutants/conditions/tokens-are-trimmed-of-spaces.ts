import type { RulesDefect } from '../defect.ts'
import { passAlike } from './alike-tokens.ts'

export const tokensAreTrimmedOfSpaces: RulesDefect = {
  name: 'tokens-are-trimmed-of-spaces',
  seam: 'rules',
  kills: ['CMD-030'],
  story: 'Spaces around a fencing token do not count.',
  apply: (rules, fired) => ({ ...rules, append: passAlike(rules, fired, (token) => token.trim()) }),
}
