import { refuse } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const streamIsDeletedOnce: RulesDefect = {
  name: 'stream-is-deleted-once',
  seam: 'rules',
  kills: ['CP-STR-072'],
  story: 'The second DELETE of a stream is refused while the first is under way.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      const isGone = operation === 'delete-stream' && stream?.deleting === true
      return isGone
        ? fired(refuse('stream_deletion_pending', 'this stream is being deleted'))
        : rules.judgeStream(operation, stream, basin, flavor)
    },
  }),
}
