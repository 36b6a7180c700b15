import { expect, test } from 'vitest'
import { HOSTED, HOSTED_FREE_TIER, LITE } from './flavor.ts'

test('the hosted service holds its clients to this (CP-BAS-045, CP-HOST-011, CP-LIM-001, CP-LIM-014, CP-LIM-015)', () => {
  const limits = {
    basins: undefined,
    basinSetup: 1000,
    deletion: 60_000,
    appendBytes: 104_857_600,
    appendBatches: 200,
  }
  expect(HOSTED.limits).toEqual(limits)
  expect(HOSTED_FREE_TIER.limits).toEqual({ ...limits, basins: 100 })
})

test('s2-lite sets no limits', () => {
  const none = { basins: undefined, basinSetup: 0, appendBytes: undefined, appendBatches: undefined }
  expect(LITE.limits).toEqual({ ...none, deletion: 500 })
})

test('they differ in what they answer (CP-BAS-033, REC-016)', () => {
  expect([LITE.repeatedBasinStatus, HOSTED.repeatedBasinStatus]).toEqual([201, 200])
  expect([LITE.malformedValue, HOSTED.malformedValue]).toEqual(['by-place', 'invalid'])
})
