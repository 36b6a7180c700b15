import { expect, test } from 'vitest'
import { Lane } from './lane.ts'

test('acks that tell of other records than were sent are counted, and the first is kept', () => {
  const lane = new Lane(0, 1, { open: () => Promise.resolve(), append() {}, close() {} })
  lane.stray({ start: 3, end: 5 })
  const index = lane.take(2)
  const append = { writer: 1, index, count: 2, bytes: 2, intendedUs: 0, sentUs: 0 }
  lane.ended(append, { kind: 'acked', start: 5, end: 8 })
  expect(lane.report().wrongAcks).toEqual({ count: 2, first: { sent: 0, start: 3, end: 5 } })
})
