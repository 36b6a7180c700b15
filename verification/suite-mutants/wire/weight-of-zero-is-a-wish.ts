import type { WireDefect } from '../defect.ts'

export const weightOfZeroIsAWish: WireDefect = {
  name: 'weight-of-zero-is-a-wish',
  seam: 'wire',
  only: 'transport',
  kills: ['PROP-011'],
  story: 'A coding that the client refuses with a weight of 0 is taken for one that it asks for.',
  apply: (wire, fired) => ({
    ...wire,
    acceptedCoding(header) {
      const healthy = wire.acceptedCoding(header)
      const careless = wire.acceptedCoding(header?.replaceAll(/;\s*q=[^,]*/g, ''))
      return healthy === careless ? healthy : fired(careless)
    },
  }),
}
