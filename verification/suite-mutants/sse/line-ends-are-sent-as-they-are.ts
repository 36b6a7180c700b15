import type { WireDefect } from '../defect.ts'

export const lineEndsAreSentAsTheyAre: WireDefect = {
  name: 'line-ends-are-sent-as-they-are',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-021'],
  story: 'A line end in a body breaks the data of its event.',
  apply: (wire, fired) => ({
    ...wire,
    batchEvent(batch, format, id) {
      const event = wire.batchEvent(batch, format, id)
      return event.includes('\\n') ? fired(event.replaceAll('\\n', '\n')) : event
    },
  }),
}
