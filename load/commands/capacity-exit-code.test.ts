import { expect, test } from 'vitest'
import type { CapacityOutcome, CapacityStep } from '../../reports/load/capacity.ts'
import { capacityExitCode } from './capacity-exit-code.ts'

const step = (
  perSecond: number,
  verdict: CapacityStep['verdict'],
  run: CapacityStep['run'] = 'VALID',
): CapacityStep => ({ perSecond, verdict, run, why: '', acked: perSecond, reasons: [], values: {} })

const codes = (outcome: CapacityOutcome, steps: readonly CapacityStep[], perSecond = 100) =>
  [false, true].map((allowSuspect) => capacityExitCode({ outcome, perSecond, steps }, allowSuspect))

test('an answer counts by the run that confirmed it, whatever was tried after that', () => {
  const [held, doubtful, failed] = [
    step(100, 'holds'),
    step(100, 'holds', 'SUSPECT'),
    step(200, 'fails', 'SUSPECT'),
  ] as const
  expect(codes('found', [doubtful, failed, held])).toEqual([0, 0])
  expect(codes('found', [held, failed, doubtful])).toEqual([3, 0])
  expect(codes('found', [doubtful, held, failed])).toEqual([0, 0])
  expect(codes('holds-throughout', [held, doubtful])).toEqual([3, 0])
})

test.each<[CapacityOutcome, number]>([
  ['never-holds', 1],
  ['violation', 1],
  ['unconfirmed', 3],
  ['inconclusive', 3],
  ['interrupted', 3],
])('without one it is what came of the search: %s', (outcome, code) => {
  expect(codes(outcome, [step(200, 'fails', 'SUSPECT')])).toEqual([code, code])
})
