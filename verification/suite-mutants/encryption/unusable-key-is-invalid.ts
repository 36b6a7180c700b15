import { invalid } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const unusableKeyIsInvalid: RulesDefect = {
  name: 'unusable-key-is-invalid',
  seam: 'rules',
  kills: ['ENC-004'],
  story: 'A key of the wrong length is answered with 422 on an encrypted stream.',
  apply: (rules, fired) => ({
    ...rules,
    resolveEncryption(cipher, given) {
      const outcome = rules.resolveEncryption(cipher, given)
      return cipher !== undefined && given === 'unusable'
        ? fired(invalid('the key is not of 32 bytes'))
        : outcome
    },
  }),
}
