import { MAX_STREAM_NAME_BYTES } from '../../../proto/limits.ts'
import type { StreamName } from '../../../reference-server/semantics/resources/names.ts'
import type { RulesDefect } from '../defect.ts'

export const nameLengthCountsCharacters: RulesDefect = {
  name: 'name-length-counts-characters',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-STR-001'],
  story: 'A stream name of more than 512 bytes is taken if it has no more than 512 characters.',
  apply: (rules, fired) => ({
    ...rules,
    // Which looks at the whole name once more.
    addPrefix(principal, name) {
      const named = rules.addPrefix(principal, name)
      return 'name' in named ? named : { name }
    },
    parseStreamName(text) {
      const named = rules.parseStreamName(text)
      const isLong = Buffer.byteLength(text) > MAX_STREAM_NAME_BYTES && text.length <= MAX_STREAM_NAME_BYTES
      return isLong && text.isWellFormed() ? fired({ name: text as StreamName }) : named
    },
  }),
}
