import type { WireDefect } from '../defect.ts'

export const errorIsAComment: WireDefect = {
  name: 'error-is-a-comment',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-008', 'SSE-022'],
  story: 'An error in the middle of a stream of events is written where no client looks.',
  apply: (wire, fired) => ({
    ...wire,
    errorEvent: (body) => fired(`: ${body}\n\n`),
  }),
}
