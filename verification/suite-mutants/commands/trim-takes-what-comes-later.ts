import type { SeqNum } from '../../../proto/types.ts'
import type { Batch } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const trimTakesWhatComesLater: RulesDefect = {
  name: 'trim-takes-what-comes-later',
  seam: 'rules',
  kills: ['CMD-016', 'CMD-019'],
  story: 'A trim beyond its own number goes on removing records that are appended after it.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, now, timestamping, cipher) {
      const outcome = rules.append(state, batch, now, timestamping, cipher)
      if (isRefusal(outcome)) return outcome
      const trimPoint = furthestTrim(batch, outcome.state.trimPoint)
      if (trimPoint === outcome.state.trimPoint) return outcome
      return fired({ ...outcome, state: { ...outcome.state, trimPoint } })
    },
  }),
}

const furthestTrim = ({ records }: Batch, least: SeqNum): SeqNum =>
  records.reduce(
    (furthest, { effect }) => (effect.command === 'trim' && effect.upTo > furthest ? effect.upTo : furthest),
    least,
  )
