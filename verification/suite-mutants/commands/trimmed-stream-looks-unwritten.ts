import { EMPTY_STREAM } from '../../../reference-server/semantics/append/stream-state.ts'
import type { RulesDefect } from '../defect.ts'

export const trimmedStreamLooksUnwritten: RulesDefect = {
  name: 'trimmed-stream-looks-unwritten',
  seam: 'rules',
  kills: ['CMD-021'],
  story: 'Once everything is trimmed the tail is that of a new stream.',
  apply: (rules, fired) => ({
    ...rules,
    checkTail(durable) {
      const { tail, trimPoint } = durable
      return rules.checkTail(tail.seqNum > 0n && trimPoint === tail.seqNum ? fired(EMPTY_STREAM) : durable)
    },
  }),
}
