import { refuse } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const deletingStreamCountsAsGone: RulesDefect = {
  name: 'deleting-stream-counts-as-gone',
  seam: 'rules',
  kills: ['CP-STR-072', 'CP-STR-074'],
  story: 'Who uses a stream that is being deleted is told that there is none.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      const judgement = rules.judgeStream(operation, stream, basin, flavor)
      const isPending =
        typeof judgement === 'object' &&
        judgement.refusal === 'error' &&
        judgement.code === 'stream_deletion_pending'
      return isPending ? fired(refuse('stream_not_found', 'there is no stream of this name')) : judgement
    },
  }),
}
