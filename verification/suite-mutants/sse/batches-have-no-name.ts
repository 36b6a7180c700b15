import type { WireDefect } from '../defect.ts'

export const batchesHaveNoName: WireDefect = {
  name: 'batches-have-no-name',
  seam: 'wire',
  only: 'transport',
  kills: ['SSE-003'],
  story: 'A batch comes as an event without a name.',
  apply: (wire, fired) => ({
    ...wire,
    batchEvent: (...given) => fired(wire.batchEvent(...given).replace('event: batch\n', '')),
  }),
}
