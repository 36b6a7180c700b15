import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPlan, type Rate } from '../pace/plan.ts'
import { type PerAppend, parseRate } from './rate.ts'
import { WorkloadError } from './units.ts'

const digits = fc.oneof(
  fc.integer({ min: 0, max: 5000 }).map(String),
  fc.double({ min: 0, max: 1e4, noNaN: true }).map((value) => value.toFixed(3)),
  fc.string({ unit: fc.constantFrom(...'0123456789.'), minLength: 1, maxLength: 30 }),
  fc.nat(400).map((zeros) => `1${'0'.repeat(zeros)}`),
  fc.nat(400).map((zeros) => `0.${'0'.repeat(zeros)}1`),
)
const rate = fc
  .tuple(digits, fc.constantFrom('', '/s', 'k', 'records/s', 'KiB/s', 'MiB/s'))
  .map((parts) => parts.join(''))
const time = fc.tuple(digits, fc.constantFrom('', 'ms', 's', 'm', 'h')).map((parts) => parts.join(''))
const text = fc.oneof(
  rate,
  rate.map((each) => `poisson ${each}`),
  fc.tuple(rate, rate, time).map(([from, to, seconds]) => `ramp ${from}..${to} in ${seconds}`),
  fc
    .tuple(fc.oneof(rate, fc.integer({ min: 1, max: 10_000 }).map(String)), time)
    .map(([size, every]) => `burst ${size} every ${every}`),
  fc.string(),
)
const per = fc.record({
  records: fc.integer({ min: 1, max: 1000 }),
  bytes: fc.integer({ min: 8, max: 1_048_576 }),
})

function parsed(given: string, perAppend: PerAppend): Rate | undefined {
  try {
    return parseRate(given, 'rate', perAppend)
  } catch (error) {
    if (error instanceof WorkloadError) return undefined
    throw error
  }
}

/** Far beyond what a run can begin, in steps that grow. */
const INDICES = [...Array(200).keys(), ...Array.from({ length: 22 }, (_none, power) => 256 * 2 ** power)]

/** A ramp that ends at nothing begins only so many. */
const begins = (accepted: Rate): number =>
  accepted.kind === 'ramp' && accepted.to === 0
    ? (accepted.from / 2) * accepted.seconds
    : Number.POSITIVE_INFINITY

test('whatever is accepted as a rate gives finite times that never go back', () => {
  fc.assert(
    fc.property(text, per, (given, perAppend) => {
      const accepted = parsed(given, perAppend)
      if (accepted === undefined) return
      const plan = createPlan(accepted, 7)
      const indices = accepted.kind === 'poisson' ? INDICES.slice(0, 200) : INDICES
      const times = indices.map((index) => plan.at(index))
      const wrong = times.findIndex(
        (time, place) =>
          !(time >= (times[place - 1] ?? 0)) ||
          (time === Number.POSITIVE_INFINITY && (indices[place] ?? 0) < begins(accepted)),
      )
      expect(times[wrong], `the time of the operation ${indices[wrong]}`).toBeUndefined()
    }),
    { numRuns: 4000 },
  )
})

test('the generated rates are of every kind, and refused, with a fixed seed', () => {
  const given = fc.sample(fc.tuple(text, per), { numRuns: 4000, seed: 1 })
  const kinds = Map.groupBy(given, ([rate, perAppend]) => parsed(rate, perAppend)?.kind ?? 'refused')
  for (const kind of ['constant', 'poisson', 'ramp', 'burst', 'refused'] as const)
    expect(kinds.get(kind) ?? [], kind).toSatisfy((of: unknown[]) => of.length > 20)
})
