import type { WireDefect } from '../defect.ts'

export const formatIsIgnored: WireDefect = {
  name: 'format-is-ignored',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-017'],
  story: 'Events hold text though base64 was asked for.',
  apply: (wire, fired) => ({
    ...wire,
    batchEvent: (batch, format, id) =>
      wire.batchEvent(batch, format === 'base64' ? fired('raw') : format, id),
  }),
}
