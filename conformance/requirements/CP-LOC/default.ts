import { InconclusiveError } from '../../../client/failures.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { basinInfo } from '../during-deletion.ts'
import { BAD_JSON } from '../malformed.ts'
import {
  defaultLocation,
  type LocationInfo,
  listLocations,
  NOWHERE,
  readLocation,
  setDefault,
} from './locations.ts'

const COMMON = { needs: ['locations', 'basins'], changesAccount: true } as const

export const defaultRows: readonly Requirement[] = [
  requirement('CP-LOC-005', 'Set the default', COMMON, async (context) => {
    await restoring(context, async (before) => {
      const { expect } = context
      for (const location of [...(await listLocations(context)), before]) {
        const answer = expect.ok(await setDefault(context, location.name))
        expect.equal(readLocation(expect, answer), location, 'the new default')
        expect.equal(await defaultLocation(context), location, 'the default by the next GET')
      }
      expect.refusedAs(await setDefault(context, '', `{"name":"${before.name}"}`), BAD_JSON)
      expect.equal(await defaultLocation(context), before, 'the default after an object')
    })
  }),

  requirement('CP-LOC-006', 'Unknown default', COMMON, async (context) => {
    await restoring(context, async (before) => {
      context.expect.refused(await setDefault(context, NOWHERE), 422, 'invalid')
      context.expect.equal(await defaultLocation(context), before, 'the default after the refusal')
    })
  }),

  requirement('CP-LOC-007', 'The default is for new basins', COMMON, async (context) => {
    await restoring(context, async (before) => {
      const { newBasin, expect } = context
      const other = (await listLocations(context)).find(({ name }) => name !== before.name)
      if (other === undefined)
        throw new InconclusiveError('there is one location: no other can be the default')
      const old = await newBasin()
      expect.equal(await placeOf(context, old.name), before.name, 'location of a basin made before')
      expect.ok(await setDefault(context, other.name))
      const young = await newBasin()
      expect.equal(await placeOf(context, young.name), other.name, 'location of a basin made after')
      expect.equal(await placeOf(context, old.name), before.name, 'location of the one made before')
    })
  }),
]

/** Whatever happens, the default is then what it was. */
async function restoring(context: CheckContext, act: (before: LocationInfo) => Promise<void>): Promise<void> {
  const before = await defaultLocation(context)
  try {
    await act(before)
  } finally {
    await setDefault(context, before.name)
  }
  context.expect.equal(await defaultLocation(context), before, 'the default, put back')
}

export async function placeOf(context: CheckContext, basin: string): Promise<unknown> {
  const info = await context.eventually('the basin is listed', 30, () => basinInfo(context, basin))
  return info.location
}
