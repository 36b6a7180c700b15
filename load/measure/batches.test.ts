import { expect, test } from 'vitest'
import { batchesOf } from './batches.ts'
import { latencyOf } from './latency.ts'
import { RECORDER_BYTES, Recorder } from './recorder.ts'

const rates = (appends: number, records: number) => ({ perSecond: { appends, records, bytes: 1 } })

test('of the times of records as many are different as there are batches, once for each reader', () => {
  const seconds = 10.002
  expect(batchesOf(561_000, rates(561 / seconds, 561_000 / seconds))).toBe(561)
  expect(batchesOf(2 * 561_000, rates(561 / seconds, 561_000 / seconds))).toBe(2 * 561)
  expect(batchesOf(5000, rates(100, 100))).toBe(5000)
  expect(batchesOf(5000, rates(0, 0))).toBe(5000)
})

test('a quantile is told only where ten batches lie beyond it, however many records they have', () => {
  const recorder = new Recorder(new ArrayBuffer(RECORDER_BYTES))
  for (let record = 0; record < 561_000; record++) recorder.record(5000)
  const counts = recorder.snapshot()
  expect(Object.keys(latencyOf(counts, 561)?.quantiles ?? {})).toEqual(['p50', 'p75', 'p90', 'p95'])
  expect(Object.keys(latencyOf(counts)?.quantiles ?? {})).toContain('p99.99')
  expect(latencyOf(counts, 561)?.count).toBe(561_000)
})
