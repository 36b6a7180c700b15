import { type Requirement, requirement } from '../../check/requirement.ts'

export const conflict: readonly Requirement[] = [
  requirement('ERR-026', '`transaction_conflict`', async ({ basin, newStreamName, expect, record: note }) => {
    const name = newStreamName()
    const creations = await Promise.all(AGES.map(() => basin.createStream(name)))
    const refused = creations.filter(({ status }) => status !== 201)
    expect.equal(creations.length - refused.length, 1, 'creations that succeeded')
    for (const answer of refused) expect.refusedAs(answer, LOST)
    const patches = await Promise.all(
      AGES.map((age) => basin.reconfigureStream(name, { retention_policy: { age } })),
    )
    const conflicts = patches.filter(({ status }) => status !== 200)
    for (const answer of conflicts) expect.refused(answer, 409, 'transaction_conflict')
    note(`${conflicts.length} of ${patches.length} patches at once were refused as conflicts`)
    const { retention_policy: retention } = expect.ok(await basin.getStreamConfig(name))
    const effective = AGES.filter((_, index) => patches[index]?.status === 200).map((age) => ({ age }))
    expect.that(
      effective.some(({ age }) => retention != null && 'age' in retention && BigInt(retention.age) === age),
      'the retention of one of the patches that succeeded',
      retention,
    )
  }),
]

const AGES = [60n, 61n, 62n, 63n, 64n, 65n, 66n, 67n]

const LOST = [
  [409, 'resource_already_exists'],
  [409, 'transaction_conflict'],
] as const
