import { MAX_ACCESS_TOKEN_ID_BYTES } from '../../../proto/limits.ts'
import type { RulesDefect } from '../defect.ts'

export const longestIdIsRefused: RulesDefect = {
  name: 'longest-id-is-refused',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-TOK-002'],
  story: 'An id of exactly 96 bytes is refused, as if the limit were exclusive.',
  apply: (rules, fired) => ({
    ...rules,
    parseTokenId(text) {
      return Buffer.byteLength(text) === MAX_ACCESS_TOKEN_ID_BYTES
        ? fired({ misnamed: 'the id is too long' })
        : rules.parseTokenId(text)
    },
  }),
}
