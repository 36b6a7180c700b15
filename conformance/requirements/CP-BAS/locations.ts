import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { placeOf } from '../CP-LOC/default.ts'
import { defaultLocation, listLocations, NOWHERE } from '../CP-LOC/locations.ts'
import { make, NEEDS } from '../CP-LOC/unknown.ts'
import { member } from '../members.ts'

export const locations: readonly Requirement[] = [
  requirement('CP-BAS-043', 'Location of a created basin', { needs: NEEDS }, async (context) => {
    const { newBasinName, expect } = context
    const byDefault = await defaultName(context)
    const places = (await listLocations(context)).map(({ name }) => name)
    for (const [how, location, expected] of [
      ['POST', undefined, byDefault],
      ['PUT', undefined, byDefault],
      ...places.flatMap((place) => [['POST', place, place] as const, ['PUT', place, place] as const]),
    ] as const) {
      const name = newBasinName()
      const info = expect.ok(await make(context, how, name, location), 201)
      expect.equal(member(info, 'location'), expected, `location of a basin by ${how}`)
      expect.equal(await placeOf(context, name), expected, 'location in the listing')
    }
  }),

  requirement('CP-BAS-056', '`location` is immutable', { needs: NEEDS }, async (context) => {
    const { newBasinName, expect, eventually } = context
    const byDefault = await defaultName(context)
    const others = (await listLocations(context)).map(({ name }) => name).filter((name) => name !== byDefault)
    const name = newBasinName()
    expect.ok(await make(context, 'POST', name), 201)
    // A basin that is being set up is not served yet (CP-BAS-045).
    await eventually('the basin is served', 30, async () => {
      const config = await context.account.getBasinConfig(name)
      return config.status === 503 ? undefined : expect.ok(config)
    })
    for (const location of [...others, NOWHERE]) {
      expect.refused(await make(context, 'PUT', name, location), 422, 'invalid')
    }
    for (const location of [undefined, byDefault]) {
      const info = expect.ok(await make(context, 'PUT', name, location))
      expect.equal(member(info, 'location'), byDefault, 'location after a PUT')
    }
    expect.equal(await placeOf(context, name), byDefault, 'location in the listing')
  }),
]

/** The default is one of those that are listed, as it is listed. */
async function defaultName(context: CheckContext): Promise<string> {
  const { name, isPrivate } = await defaultLocation(context)
  const entry = (await listLocations(context)).find((each) => each.name === name)
  context.expect.equal(entry, { name, isPrivate }, 'the entry of the default in the list')
  return name
}
