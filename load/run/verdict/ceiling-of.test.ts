import { expect, test } from 'vitest'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { calibration } from '../testing/calibration.ts'
import { ceilingOf } from './ceiling-of.ts'

const reached = (fields: WorkloadFields, part: number) => {
  const { appends, records, bytes } = calibration.ceilings['append-records']
  const read = calibration.ceilings['read-bytes']
  return {
    workload: parseWorkload(fields, 'test'),
    appends: { perSecond: { appends: appends * part, records: records * part, bytes: bytes * part } },
    tail: undefined,
    catchUp: { perSecond: { records: read.records / 4, bytes: read.bytes / 4 } },
  }
}

test('a load that was calibrated is as near to the ceiling as its rate is to that of the calibration', () => {
  for (const part of [0.01, 0.5, 1]) {
    const { load, catchUp } = ceilingOf(calibration, reached({}, part))
    expect(load).toBeCloseTo(part)
    expect(catchUp).toBeCloseTo(0.25)
  }
})

test.each([
  ['one each', { threads: 2, streams: 2 }, 1 / 2],
  ['one each, as far as there are streams for them', { threads: 4, streams: 1 }, 1],
  ['the one that has most of the streams', { threads: 2, streams: 3 }, 2 / 3],
])('several threads have the ceiling of %s', (_what, fields, load) => {
  expect(ceilingOf(calibration, reached(fields, 1)).load).toBeCloseTo(load)
  expect(ceilingOf(calibration, reached(fields, 1)).catchUp).toBeCloseTo(load / 4)
})

test('readers at the tail take of the same time', () => {
  const { records, bytes } = calibration.ceilings['read-records']
  const both = { ...reached({}, 0.5), tail: { perSecond: { records: records * 0.4, bytes: bytes * 0.4 } } }
  expect(ceilingOf(calibration, both).load).toBeCloseTo(0.9)
})

test.each([{ compression: 'zstd' }, { transport: 'h2-json' }, { transport: 'h1-json' }])(
  'of what was not calibrated nothing is said: %o',
  (fields) => {
    const found = ceilingOf(calibration, reached(fields, 1))
    expect(found.load).toBeUndefined()
    expect(found.ceilings).toEqual(calibration.ceilings)
  },
)
