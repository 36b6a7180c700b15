import type { RulesDefect } from '../defect.ts'

export const missingKeyIsPassedOver: RulesDefect = {
  name: 'missing-key-is-passed-over',
  seam: 'rules',
  kills: ['ENC-003', 'CP-CFG-052'],
  story: 'On an encrypted stream, a request without a key is served as if the stream were not.',
  apply: (rules, fired) => ({
    ...rules,
    resolveEncryption: (cipher, given) =>
      cipher !== undefined && given === 'none' ? fired('plain') : rules.resolveEncryption(cipher, given),
  }),
}
