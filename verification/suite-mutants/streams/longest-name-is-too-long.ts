import { MAX_STREAM_NAME_BYTES } from '../../../proto/limits.ts'
import type { RulesDefect } from '../defect.ts'

export const longestNameIsTooLong: RulesDefect = {
  name: 'longest-name-is-too-long',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-STR-001'],
  story: 'A stream name of exactly 512 bytes is refused, as if the limit were exclusive.',
  apply: (rules, fired) => ({
    ...rules,
    parseStreamName(text) {
      return Buffer.byteLength(text) === MAX_STREAM_NAME_BYTES
        ? fired({ misnamed: 'the name is too long' })
        : rules.parseStreamName(text)
    },
  }),
}
