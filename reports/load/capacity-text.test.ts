import { expect, test } from 'vitest'
import type { Capacity, CapacityStep } from './capacity.ts'
import { capacityToText } from './capacity-text.ts'

const step = (perSecond: number, verdict: CapacityStep['verdict'], why: string): CapacityStep => ({
  perSecond,
  verdict,
  why,
  run: 'VALID',
  acked: perSecond,
  reasons: [],
  values: {},
})

const answer = (more: Pick<Capacity, 'outcome' | 'steps'> & Partial<Capacity>): string | undefined =>
  capacityToText({
    format: 's2-load-capacity',
    version: 1,
    tool: 's2-load test',
    started: '2026-11-25T08:00:00.000Z',
    target: { label: 'here' },
    machines: [],
    workload: {},
    summary: 'a load',
    objectives: ['response-p99 < 20.0 ms'],
    ...more,
  })
    .trimEnd()
    .split('\n')
    .at(-1)

test('the answer says what bounds it, or why that could not be told', () => {
  const held = step(500, 'holds', 'x')
  const crowded = step(600, 'inconclusive', 'response-p99 31.0 ms, and others use this machine')
  expect(
    answer({
      outcome: 'found',
      perSecond: 500,
      failsAt: 600,
      steps: [held, crowded, step(600, 'fails', 'x'), held],
    }),
  ).toBe('FOUND  500.0 appends/s: the greatest rate that holds; 600.0 do not hold')
  expect(
    answer({
      outcome: 'inconclusive',
      perSecond: 500,
      unclearAt: 600,
      steps: [held, crowded, crowded, held],
    }),
  ).toBe(
    'INCONCLUSIVE  500.0 appends/s: beyond this the numbers are not worth a decision; 600.0 could not be told: response-p99 31.0 ms, and others use this machine',
  )
  expect(answer({ outcome: 'inconclusive', unclearAt: 600, steps: [crowded, crowded] })).toMatch(
    /600\.0 could not be told: response-p99 31\.0 ms, and others use this machine$/,
  )
  expect(answer({ outcome: 'never-holds', failsAt: 500, steps: [step(500, 'fails', 'x')] })).toBe(
    'NEVER HOLDS  it does not hold at the lowest rate either: say a lower --from',
  )
})
