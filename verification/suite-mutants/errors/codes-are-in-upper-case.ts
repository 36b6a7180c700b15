import type { WireDefect } from '../defect.ts'

export const codesAreInUpperCase: WireDefect = {
  name: 'codes-are-in-upper-case',
  seam: 'wire',
  kills: ['RTE-012', 'ERR-041'],
  story: 'The code of an error is written in capitals.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      if (refusal.refusal !== 'error') return answer
      return fired({ ...answer, json: answer.json.replace(refusal.code, refusal.code.toUpperCase()) })
    },
  }),
}
