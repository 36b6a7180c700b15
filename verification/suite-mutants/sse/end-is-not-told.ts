import type { WireDefect } from '../defect.ts'

export const endIsNotTold: WireDefect = {
  name: 'end-is-not-told',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-007', 'SSE-019'],
  story: 'A stream of events ends without its last one.',
  apply: (wire, fired) => ({
    ...wire,
    doneEvent: () => fired(': done\n\n'),
  }),
}
