import type { WireDefect } from '../defect.ts'

export const failedConditionHasACode: WireDefect = {
  name: 'failed-condition-has-a-code',
  seam: 'wire',
  kills: ['APP-021'],
  story: 'A failed condition is told by a code and a message, without the actual value.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      if (answer.status !== 412) return answer
      return fired({ ...answer, json: '{"code":"invalid","message":"a condition failed"}' })
    },
  }),
}
