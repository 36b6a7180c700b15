import type { BasinPage } from '../../../client/account-client.ts'
import { deepEqual } from '../../../kit/deep-equal.ts'
import type { CheckContext } from '../../check/context.ts'

export interface Siblings {
  /** Begins the names of these basins and of no others; ends in a hyphen. */
  readonly prefix: string
  /** In the order given. */
  readonly names: readonly string[]
}

/** Fresh basins of one prefix, made in the order given. Returns when all are listed: that may take a moment. */
export async function newSiblings(
  { account, newBasinName, expect, eventually }: CheckContext,
  suffixes: readonly string[],
): Promise<Siblings> {
  const prefix = `${newBasinName()}-`
  const names = suffixes.map((suffix) => `${prefix}${suffix}`)
  for (const name of names) expect.ok(await account.createBasin(name), 201)
  await eventually('the new basins are listed', 30, async () => {
    const listed = namesOf(expect.ok(await account.listBasins({ prefix })))
    return deepEqual(listed, names.toSorted()) ? true : undefined
  })
  return { prefix, names }
}

export const namesOf = ({ basins }: Pick<BasinPage, 'basins'>): readonly string[] =>
  basins.map(({ name }) => name)
