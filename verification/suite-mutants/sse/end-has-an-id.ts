import type { WireDefect } from '../defect.ts'

export const endHasAnId: WireDefect = {
  name: 'end-has-an-id',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-007'],
  story: 'The last event carries an id, which clients bring back when they resume.',
  apply: (wire, fired) => ({
    ...wire,
    doneEvent: () => fired(`id: 0,0,0\n${wire.doneEvent()}`),
  }),
}
