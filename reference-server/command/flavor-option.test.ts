import { expect, test } from 'vitest'
import { UsageError } from '../../kit/usage-error.ts'
import { HOSTED, HOSTED_FREE_TIER, LITE } from '../semantics/resources/flavor.ts'
import { parseFlavor } from './flavor-option.ts'

test('each name has a flavor, and the free tier is one of its own', () => {
  expect(parseFlavor('lite', '')).toEqual(LITE)
  expect(parseFlavor('hosted', '')).toEqual(HOSTED)
  expect(parseFlavor('hosted', 'free-tier')).toEqual(HOSTED_FREE_TIER)
})

test('limits are set one by one, and the others stay', () => {
  const list = 'basins=0,basin-setup=0,free-tier,deletion=5,append-bytes=none,append-batches=7'
  expect(parseFlavor('hosted', list)).toEqual({
    ...HOSTED_FREE_TIER,
    limits: { basins: 0, basinSetup: 0, deletion: 5, appendBytes: undefined, appendBatches: 7 },
  })
  expect(parseFlavor('lite', 'basins=3')).toEqual({ ...LITE, limits: { ...LITE.limits, basins: 3 } })
  expect(LITE.limits.basins).toBeUndefined()
})

test.each([
  ['Lite', '', '--flavor is one of lite, hosted, not "Lite"'],
  ['lite', 'free-tier', '--limits free-tier needs --flavor hosted'],
  [
    'hosted',
    'streams=1',
    '--limits has no streams=1, only basins=N, basin-setup=MS, deletion=MS, append-bytes=N, append-batches=N, free-tier',
  ],
  ['hosted', 'toString=1', '--limits has no toString=1'],
  ['hosted', 'basins', '--limits has no basins, only'],
  ['hosted', 'basins=', 'basins is a whole number from 0 to 1000000000000, or none, not ""'],
  ['hosted', 'basins=-1', 'not "-1"'],
  ['hosted', 'basins=1.5', 'not "1.5"'],
  ['hosted', 'append-bytes=0', 'from 1 to'],
  ['hosted', 'append-batches=0', 'from 1 to'],
  ['hosted', 'basin-setup=none', 'basin-setup is a whole number of ms from 0 to 86400000, not "none"'],
  ['hosted', 'deletion=86400001', 'not "86400001"'],
])('--flavor %s --limits %s is refused: %s', (name, limits, message) => {
  expect(() => parseFlavor(name, limits)).toThrow(UsageError)
  expect(() => parseFlavor(name, limits)).toThrow(message)
})
