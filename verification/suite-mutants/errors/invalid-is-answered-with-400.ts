import type { WireDefect } from '../defect.ts'

export const invalidIsAnsweredWith400: WireDefect = {
  name: 'invalid-is-answered-with-400',
  seam: 'wire',
  kills: ['ERR-014', 'ERR-041', 'READ-003'],
  story: 'What is well-formed and not allowed is answered with 400 and the code invalid instead of 422.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      return answer.status === 422 ? fired({ ...answer, status: 400 }) : answer
    },
  }),
}
