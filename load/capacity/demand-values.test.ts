import { expect, test } from 'vitest'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'
import { demandValues } from './demand-values.ts'
import { parseObjectives } from './objective.ts'

const asked = (slo: string, from: number, fields: WorkloadFields) => () =>
  demandValues({ objectives: parseObjectives(slo), from, workload: parseWorkload(fields, 'here') })

test.each<[string, number, WorkloadFields, string]>([
  [
    'response-p99 < 20ms',
    50,
    { duration: 3 },
    '--slo: response-p99 < 20.0 ms can be told of 1000 values or more, and 3 s have 150 of them at --from 50: give --duration 20s or more, or a higher --from',
  ],
  [
    'response-p50 < 5ms, service-p99.9 < 1s',
    1000,
    { duration: 9 },
    'service-p99.9 < 1000 ms can be told of 10000',
  ],
  ['e2e-p99 < 1s', 100, { duration: 9, readers: 1 }, 'give --duration 10s or more'],
  [
    'check-tail-p90 < 1s',
    1e6,
    { duration: 9, 'check-tails': 1 },
    '--duration 100s or more, or a higher --check-tails',
  ],
  ['check-tail-max < 1s', 100, {}, 'of check-tail-max < 1000 ms nothing is measured: give --check-tails'],
  ['e2e-mean < 1s', 100, { readers: 0 }, 'nothing is measured: give --readers'],
])('%s at %d/s is refused where %j cannot tell it', (slo, from, fields, why) => {
  expect(asked(slo, from, fields)).toThrow(why)
})

test.each<[string, number, WorkloadFields]>([
  ['response-p99 < 20ms', 50, { duration: 20 }],
  ['e2e-p99 < 1s', 100, { duration: 5, readers: 2, batch: 100 }],
  ['response-p99.99 < 1s', 1000, { duration: 100 }],
  ['response-max < 1s, lag-mean < 1s', 1, { duration: 1 }],
])('%s at %d/s is not where %j can', (slo, from, fields) => {
  expect(asked(slo, from, fields)).not.toThrow()
})
