import { refuse } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const basinIsDeletedOnce: RulesDefect = {
  name: 'basin-is-deleted-once',
  seam: 'rules',
  kills: ['CP-BAS-082'],
  story: 'The second DELETE of a basin is refused while the first is under way.',
  apply: (rules, fired) => ({
    ...rules,
    judgeBasin(operation, basin, flavor) {
      const isGone = operation === 'delete-basin' && basin?.deleting === true
      return isGone
        ? fired(refuse('basin_deletion_pending', 'this basin is being deleted'))
        : rules.judgeBasin(operation, basin, flavor)
    },
  }),
}
