import fc from 'fast-check'

/**
 * Present in so many of a hundred, and absent first of all when a failure is shrunk. An absent member is left out, so that
 * a step reads the same after a round trip through JSON.
 */
export const optional = <Value>(
  arbitrary: fc.Arbitrary<Value>,
  percent: number,
): fc.Arbitrary<Value | undefined> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 100 - percent, arbitrary: fc.constant(undefined) },
    { weight: percent, arbitrary },
  )

/** Null in so many of a hundred. */
export const orNull = <Value>(arbitrary: fc.Arbitrary<Value>, percent: number): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: percent, arbitrary: fc.constant(null) }, { weight: 100 - percent, arbitrary })

type Compact<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> }

/** An object of these members without those that are undefined. */
export function compact<Members extends object>(
  members: { [Key in keyof Members]: fc.Arbitrary<Members[Key]> },
): fc.Arbitrary<Partial<Compact<Members>> & Compact<Pick<Members, RequiredKeys<Members>>>> {
  return fc
    .record(members)
    .map(
      (record) =>
        Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never,
    )
}

type RequiredKeys<Members> = {
  [Key in keyof Members]: undefined extends Members[Key] ? never : Key
}[keyof Members]

/** Near enough to the last records to meet the timestamps that they have, and to go past them. */
export const nearTheTail: fc.Arbitrary<number> = fc.integer({ min: -5, max: 2 })
