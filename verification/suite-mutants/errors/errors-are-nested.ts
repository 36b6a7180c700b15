import type { WireDefect } from '../defect.ts'

export const errorsAreNested: WireDefect = {
  name: 'errors-are-nested',
  seam: 'wire',
  kills: ['RTE-012', 'CP-RT-039'],
  story: 'The code and message of an error stand one level too deep.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      return refusal.refusal === 'error' ? fired({ ...answer, json: `{"error":${answer.json}}` }) : answer
    },
  }),
}
