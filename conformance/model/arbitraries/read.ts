import fc from 'fast-check'
import type { FollowStep, ReadStep, StepStart } from '../step.ts'
import { compact, nearTheTail, optional } from './common.ts'

const start: fc.Arbitrary<StepStart> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ from: 'tail' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      from: fc.constantFrom('seq-num' as const, 'tail-offset' as const),
      back: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: -2, max: 12 }) },
        { weight: 1, arbitrary: fc.constantFrom(999, 1000, 100_000) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ from: fc.constant('timestamp' as const), fromTail: nearTheTail }) },
)

/** Reads from every kind of start with every bound; a wait at the tail takes its second, so it is rare. */
export const read = (stream: fc.Arbitrary<number>): fc.Arbitrary<ReadStep> =>
  compact({
    step: fc.constant('read' as const),
    stream,
    start,
    clamp: optional(fc.boolean(), 50),
    count: optional(
      fc.oneof(
        { weight: 6, arbitrary: fc.nat(8) },
        { weight: 1, arbitrary: fc.constantFrom(999, 1000, 1001) },
      ),
      45,
    ),
    bytes: optional(
      fc.oneof(
        { weight: 6, arbitrary: fc.nat(120) },
        { weight: 1, arbitrary: fc.constantFrom(1_048_575, 1_048_576, 1_048_577) },
      ),
      35,
    ),
    until: optional(nearTheTail, 30),
    wait: optional(fc.constantFrom(0, 0, 0, 1), 12),
  })

export const follow = (stream: fc.Arbitrary<number>): fc.Arbitrary<FollowStep> =>
  compact({ step: fc.constant('follow' as const), stream, start, clamp: optional(fc.boolean(), 50) })
