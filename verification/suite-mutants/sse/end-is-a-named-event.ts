import type { WireDefect } from '../defect.ts'

export const endIsANamedEvent: WireDefect = {
  name: 'end-is-a-named-event',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-007'],
  story: 'The last event has a name, so that clients that listen for messages miss it.',
  apply: (wire, fired) => ({
    ...wire,
    doneEvent: () => fired(`event: done\n${wire.doneEvent()}`),
  }),
}
