import { describe, expect, test } from 'vitest'
import { RECORDER_BYTES, Recorder } from '../../measure/recorder.ts'
import { createPlan, plannedWithin } from '../../pace/plan.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { progressOf } from './progress.ts'

/** What part of what was due was acknowledged in the end, of appends that ended as `ackedAt` says; times in seconds. */
function part(fields: WorkloadFields, ackedAt: (plannedAt: number, index: number) => number): number {
  const workload = parseWorkload({ rate: 100, duration: 10, warmup: 0, ...fields }, 'here')
  const { arrival } = workload.appends
  if (arrival.kind !== 'open') throw new Error('this test is of open loops')
  const { warmupSeconds, seed } = workload
  const whole = warmupSeconds + workload.seconds
  const plan = createPlan(arrival.rate, seed)
  const response = new Recorder(new SharedArrayBuffer(RECORDER_BYTES))
  let acked = 0
  for (let index = 0; index < plannedWithin(arrival.rate, seed, whole); index++) {
    const plannedAt = plan.at(index) / 1e6
    const at = ackedAt(plannedAt, index)
    if (at <= whole) acked += 1
    if (plannedAt >= warmupSeconds) response.record((at - plannedAt) * 1e6)
  }
  const progress = progressOf(workload, { at: whole, acked, response: response.snapshot() })
  if (progress === undefined) throw new Error('an open loop has a plan')
  return progress.acked / progress.due
}

describe('of what was due', () => {
  test('all is there where appends come at random, however many this plan has', () => {
    for (let seed = 0; seed < 50; seed++)
      expect(part({ rate: 'poisson 50', seed }, (planned) => planned + 0.004)).toBeGreaterThanOrEqual(0.99)
  })

  test.each<[string, WorkloadFields]>([
    ['from the first moment on', {}],
    ['warmed up', { warmup: 3 }],
    ['in bursts', { rate: 'burst 100 every 1s' }],
    ['at a rate that rises', { rate: 'ramp 10..200 in 10s' }],
  ])('all is there of a target that is slow and keeps up, loaded %s', (_what, fields) => {
    expect(part(fields, (planned) => planned + 0.5)).toBeGreaterThanOrEqual(0.99)
    // Most at once and some late: by Little's law as many are under way as if each took the mean.
    expect(part(fields, (planned, index) => planned + (index % 10 === 0 ? 2 : 0.02))).toBeGreaterThan(0.97)
  })

  test.each<[string, WorkloadFields]>([
    ['from the first moment on', {}],
    ['warmed up', { warmup: 3 }],
    ['at random', { rate: 'poisson 100' }],
  ])('some is missing of a target that takes 95 a second, loaded %s', (_what, fields) => {
    let freeAt = 0
    const ackedAt = (planned: number): number => {
      freeAt = Math.max(freeAt, planned) + 1 / 95
      return freeAt
    }
    expect(part(fields, ackedAt)).toBeLessThan(0.99)
  })
})

test('a closed loop has no plan to be behind of', () => {
  const workload = parseWorkload({ closed: 4 }, 'here')
  const response = new Recorder(new SharedArrayBuffer(RECORDER_BYTES)).snapshot()
  expect(progressOf(workload, { at: 12, acked: 0, response })).toBeUndefined()
})
