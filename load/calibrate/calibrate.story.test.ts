import { expect, test } from 'vitest'
import { parseCalibration } from '../../reports/load/calibration.ts'
import { toJson } from '../../reports/to-json.ts'
import { ceilingOf } from '../run/verdict/ceiling-of.ts'
import { parseWorkload } from '../workload/parse.ts'
import { calibrate } from './calibrate.ts'

test('every ceiling is above nothing, what was read was verified, and it can be written down', async () => {
  const steps: string[] = []
  const found = await calibrate(1, (what) => steps.push(what))
  expect(steps.length).toBe(7)
  for (const [name, { appends, records, bytes }] of Object.entries(found.ceilings)) {
    expect(records, name).toBeGreaterThan(0)
    expect(bytes, name).toBeGreaterThan(records)
    expect(appends > 0, name).toBe(!name.startsWith('read'))
  }
  expect(found.floor.p99).toBeGreaterThanOrEqual(found.floor.p50)
  expect(found.lag.p99).toBeGreaterThanOrEqual(found.lag.p50)
  expect(parseCalibration(toJson(found))).toEqual(found)
  const perSecond = found.ceilings['append-records']
  const reached = {
    workload: parseWorkload({}, 'test'),
    appends: { perSecond },
    tail: undefined,
    catchUp: undefined,
  }
  expect(ceilingOf(found, reached).load).toBeGreaterThan(0.5)
})
