import type { WireDefect } from '../defect.ts'

export const wrongKeyIsNotPermitted: WireDefect = {
  name: 'wrong-key-is-not-permitted',
  seam: 'wire',
  kills: ['ENC-008'],
  story: 'A read with another key is answered with 403.',
  apply: (wire, fired) => ({
    ...wire,
    renderRefusal(refusal) {
      const answer = wire.renderRefusal(refusal)
      const isFailed = refusal.refusal === 'error' && refusal.code === 'decryption_failed'
      return isFailed ? fired({ ...answer, status: 403 }) : answer
    },
  }),
}
