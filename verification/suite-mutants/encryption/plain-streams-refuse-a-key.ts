import { refuse } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const plainStreamsRefuseAKey: RulesDefect = {
  name: 'plain-streams-refuse-a-key',
  seam: 'rules',
  kills: ['ENC-006'],
  story: 'A stream without a cipher refuses a request that brings a key.',
  apply: (rules, fired) => ({
    ...rules,
    resolveEncryption(cipher, given) {
      const isVain = cipher === undefined && typeof given === 'object'
      return isVain
        ? fired(refuse('bad_header', 'the stream is not encrypted'))
        : rules.resolveEncryption(cipher, given)
    },
  }),
}
