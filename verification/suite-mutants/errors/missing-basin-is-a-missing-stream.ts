import { refuse } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const missingBasinIsAMissingStream: RulesDefect = {
  name: 'missing-basin-is-a-missing-stream',
  seam: 'rules',
  kills: ['RTE-005'],
  story: 'An operation on records in a basin that is not there misses its stream.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      const judgement = rules.judgeStream(operation, stream, basin, flavor)
      const isMissing = typeof judgement === 'object' && basin === undefined
      return isMissing ? fired(refuse('stream_not_found', 'there is no stream of this name')) : judgement
    },
  }),
}
