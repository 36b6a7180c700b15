import type { WireDefect } from '../defect.ts'

export const errorsHaveNoMessage: WireDefect = {
  name: 'errors-have-no-message',
  seam: 'wire',
  kills: ['RTE-012'],
  story: 'An error tells its code alone.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      if (refusal.refusal !== 'error') return answer
      return fired({ ...answer, json: JSON.stringify({ code: refusal.code }) })
    },
  }),
}
