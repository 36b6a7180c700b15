import fc from 'fast-check'

/** A record of a step; numbers that depend on the stream are told relative to its tail. */
export type StepRecord =
  | { readonly record: 'data'; readonly body: string; readonly headers: number }
  | { readonly record: 'fence'; readonly token: string }
  | { readonly record: 'trim'; readonly fromTail: number }

/** One request of a sequence, as plain data: a failing sequence is kept and run again as it is. */
export type Step =
  | {
      readonly step: 'append'
      readonly records: readonly StepRecord[]
      /** Of every record of the batch; absent, the batch is one record that gets its time of arrival. */
      readonly timestamp?: number
      /** `match_seq_num` is the tail and this. */
      readonly match?: number
      readonly token?: 'current' | 'other'
    }
  | {
      readonly step: 'read'
      readonly start:
        | { readonly from: 'tail' }
        | { readonly from: 'seq-num' | 'tail-offset'; readonly back: number }
        /** The timestamp of the tail and this. */
        | { readonly from: 'timestamp'; readonly fromTail: number }
      readonly clamp?: boolean
      readonly count?: number
      readonly bytes?: number
      /** The timestamp of the tail and this. */
      readonly until?: number
    }
  | { readonly step: 'check-tail' }

const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined })

const stepRecord: fc.Arbitrary<StepRecord> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      record: fc.constant('data' as const),
      body: fc.string({ unit: 'grapheme', maxLength: 8 }),
      headers: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ record: fc.constant('fence' as const), token: fc.string({ maxLength: 6 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ record: fc.constant('trim' as const), fromTail: fc.integer({ min: -8, max: 3 }) }),
  },
)

const conditions = {
  match: optional(fc.oneof(fc.constant(0), fc.integer({ min: -2, max: 2 }))),
  token: optional(fc.constantFrom('current' as const, 'other' as const)),
}

/** Near enough to the last records to meet the timestamps that they have, and to go past them. */
const nearTheTail = fc.integer({ min: -5, max: 2 })

/** Either one record that is stamped on arrival, or up to five with a timestamp of the client. */
const append: fc.Arbitrary<Step> = fc
  .oneof(
    fc.record({ step: fc.constant('append' as const), records: fc.tuple(stepRecord), ...conditions }),
    fc.record({
      step: fc.constant('append' as const),
      records: fc.array(stepRecord, { minLength: 1, maxLength: 5 }),
      timestamp: fc.nat(9),
      ...conditions,
    }),
  )
  .map(compact)

const read: fc.Arbitrary<Step> = fc
  .record({
    step: fc.constant('read' as const),
    start: fc.oneof(
      fc.constant({ from: 'tail' as const }),
      fc.record({
        from: fc.constantFrom('seq-num' as const, 'tail-offset' as const),
        back: fc.integer({ min: -2, max: 12 }),
      }),
      fc.record({ from: fc.constant('timestamp' as const), fromTail: nearTheTail }),
    ),
    clamp: optional(fc.boolean()),
    count: optional(fc.nat(8)),
    bytes: optional(fc.nat(120)),
    until: optional(nearTheTail),
  })
  .map(compact)

/** Sequences of up to fifteen requests, half of them appends. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: append },
    { weight: 3, arbitrary: read },
    { weight: 1, arbitrary: fc.constant<Step>({ step: 'check-tail' }) },
  ),
  { minLength: 1, maxLength: 15 },
)

/** Leaves out what is undefined, so that a step reads the same after a round trip through JSON. */
function compact<Value extends object>(step: Value): Step {
  return Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as Step
}
