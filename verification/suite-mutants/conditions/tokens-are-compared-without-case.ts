import type { RulesDefect } from '../defect.ts'
import { passAlike } from './alike-tokens.ts'

export const tokensAreComparedWithoutCase: RulesDefect = {
  name: 'tokens-are-compared-without-case',
  seam: 'rules',
  kills: ['APP-015'],
  story: 'A fencing token passes in upper case too.',
  apply: (rules, fired) => ({ ...rules, append: passAlike(rules, fired, (token) => token.toLowerCase()) }),
}
