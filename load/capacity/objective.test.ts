import { expect, test } from 'vitest'
import { parseObjectives } from './objective.ts'

test.each(['response-p99 < 20', 'e2e-p50 < 5ms, response-p99 < 20'])('%s has no unit', (text) => {
  expect(() => parseObjectives(text)).toThrow(
    '--slo: "response-p99 < 20" has no unit: say ms, s, m or h, such as "response-p99 < 20ms"',
  )
})
