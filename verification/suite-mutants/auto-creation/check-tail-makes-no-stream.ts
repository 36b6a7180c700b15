import { refuse } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const checkTailMakesNoStream: RulesDefect = {
  name: 'check-tail-makes-no-stream',
  seam: 'rules',
  only: 'transport',
  kills: ['TAIL-009'],
  story: 'A check-tail misses the stream that any other read would make.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      const judgement = rules.judgeStream(operation, stream, basin, flavor)
      return operation === 'check-tail' && judgement === 'create'
        ? fired(refuse('stream_not_found', 'there is no stream of this name'))
        : judgement
    },
  }),
}
