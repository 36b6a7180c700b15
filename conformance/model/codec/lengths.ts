import fc from 'fast-check'

/** Of the bodies of a batch: short ones, and some beyond what one packet or one frame of HTTP/2 takes. */
export const lengths: fc.Arbitrary<readonly number[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 60 }) },
    { weight: 1, arbitrary: fc.constantFrom(1500, 20_000) },
  ),
  { minLength: 1, maxLength: 4 },
)

export const isLengths = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => Number.isInteger(each) && each >= 0)
