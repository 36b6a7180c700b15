import fc from 'fast-check'
import type { AppendStep, Fill, PollStep, StepRecord, StepTime } from '../step.ts'
import { character } from './characters.ts'
import { compact, optional } from './common.ts'

const HOUR = 3_600_000

/** Small numbers that records share, times around the last record's, and an hour before or after now. */
const stepTime: fc.Arbitrary<StepTime> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at: fc.constant('number' as const), value: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({ at: fc.constant('tail' as const), plus: fc.integer({ min: -2, max: 3 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ at: fc.constant('now' as const), plus: fc.constantFrom(-HOUR, HOUR, 2 * HOUR) }),
  },
)

const timestamp = optional(stepTime, 50)

const data: fc.Arbitrary<StepRecord> = compact({
  record: fc.constant('data' as const),
  body: fc.string({ unit: character, maxLength: 8 }),
  headers: fc.nat(2),
  timestamp,
})

const stepRecord: fc.Arbitrary<StepRecord> = fc.oneof(
  { weight: 8, arbitrary: data },
  {
    weight: 1,
    arbitrary: compact({
      record: fc.constant('fence' as const),
      token: fc.oneof(
        { weight: 4, arbitrary: fc.string({ maxLength: 6 }) },
        { weight: 2, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom('f'.repeat(36), 'f'.repeat(37)) },
      ),
      timestamp,
    }),
  },
  {
    weight: 2,
    arbitrary: compact({
      record: fc.constant('trim' as const),
      fromTail: fc.oneof(fc.integer({ min: -8, max: 3 }), fc.constantFrom(-1, 0, 1, 1000)),
      timestamp,
    }),
  },
)

/** Up to, and one past, what a batch may hold. */
const fill: fc.Arbitrary<Fill> = fc.constantFrom<Fill>(
  { records: 1000 },
  { records: 1001 },
  { records: 150 },
  { metered: 1_048_576 },
  { metered: 1_048_577 },
  { records: 1000, metered: 1_048_576 },
)

/** Appends of up to five records, rarely filled up; with every condition. */
export const append = (stream: fc.Arbitrary<number>): fc.Arbitrary<AppendStep> =>
  compact({
    step: fc.constant('append' as const),
    stream,
    records: fc.array(stepRecord, { minLength: 1, maxLength: 5 }),
    fill: optional(fill, 8),
    match: optional(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
      ),
      45,
    ),
    token: optional(
      fc.oneof(
        { weight: 5, arbitrary: fc.constant('current' as const) },
        { weight: 2, arbitrary: fc.constant('other' as const) },
        { weight: 1, arbitrary: fc.constant('long' as const) },
      ),
      40,
    ),
  })

/** Records with timestamps, which every mode takes: a read waits for them. */
export const poll = (stream: fc.Arbitrary<number>): fc.Arbitrary<PollStep> =>
  fc.record({
    step: fc.constant('poll' as const),
    stream,
    records: fc.array(
      fc.record({
        record: fc.constant('data' as const),
        body: fc.string({ maxLength: 4 }),
        headers: fc.constant(0),
        timestamp: fc.constant({ at: 'tail' as const, plus: 1 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
