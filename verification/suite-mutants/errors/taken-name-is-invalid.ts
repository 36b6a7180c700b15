import type { WireDefect } from '../defect.ts'

export const takenNameIsInvalid: WireDefect = {
  name: 'taken-name-is-invalid',
  seam: 'wire',
  kills: ['CP-BAS-034'],
  story: 'The creation of what is there already is answered with 422.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      const isTaken = refusal.refusal === 'error' && refusal.code === 'resource_already_exists'
      return isTaken ? fired({ ...answer, status: 422 }) : answer
    },
  }),
}
