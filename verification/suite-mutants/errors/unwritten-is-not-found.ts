import type { WireDefect } from '../defect.ts'

export const unwrittenIsNotFound: WireDefect = {
  name: 'unwritten-is-not-found',
  seam: 'wire',
  kills: ['READ-060', 'READ-007'],
  story: 'A read beyond the tail is answered with 404 instead of 416.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      return refusal.refusal === 'unwritten' ? fired({ ...answer, status: 404 }) : answer
    },
  }),
}
