import type { WireDefect } from '../defect.ts'

export const failedConditionIsAConflict: WireDefect = {
  name: 'failed-condition-is-a-conflict',
  seam: 'wire',
  kills: ['APP-021'],
  story: 'A failed condition is answered with 409.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      return answer.status === 412 ? fired({ ...answer, status: 409 }) : answer
    },
  }),
}
