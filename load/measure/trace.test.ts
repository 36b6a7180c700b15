import { expect, test } from 'vitest'
import { Trace, traceBytes } from './trace.ts'

const append = (index: number) => ({
  writer: 7,
  index,
  count: 1,
  bytes: 64,
  intendedUs: index * 100,
  sentUs: index * 100 + 3,
})

test('a trace has each append in the order of their ends, as far as there is room', () => {
  const memory = new SharedArrayBuffer(traceBytes(2))
  const trace = new Trace(memory)
  for (const index of [1, 0, 2]) trace.add(append(index), 1000 - index)
  expect([...new Trace(memory)]).toEqual([
    { writer: 7, index: 1, intendedUs: 100, sentUs: 103, endedUs: 999 },
    { writer: 7, index: 0, intendedUs: 0, sentUs: 3, endedUs: 1000 },
  ])
})
