import type { Position } from '../../../proto/types.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const followerMissesTheAppendUnderWay: RulesDefect = {
  name: 'follower-misses-the-append-under-way',
  seam: 'rules',
  only: 'concurrency',
  kills: ['READ-053'],
  story: 'Who begins at the tail misses the batch that is being appended then.',
  apply(rules, fired) {
    const next = new WeakMap<Position, Position>()
    return {
      ...rules,
      append(state, ...given) {
        const outcome = rules.append(state, ...given)
        if (!isRefusal(outcome)) next.set(state.tail, outcome.end)
        return outcome
      },
      resolveStart(start, tail, mayStandAtTail) {
        const point = rules.resolveStart(start, tail, mayStandAtTail)
        const after = next.get(tail)
        if (isRefusal(point) || after === undefined || point.from !== 'seq-num') return point
        return point.seqNum === tail.seqNum ? fired({ ...point, seqNum: after.seqNum }) : point
      },
    }
  },
}
