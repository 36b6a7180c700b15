import type { Answer } from '../../../client/answer.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Requirement } from '../../check/requirement.ts'
import { member } from '../members.ts'
import { placeOf } from './default.ts'
import { defaultLocation, listLocations, NOWHERE } from './locations.ts'

const NEEDS = ['locations', 'basins'] as const

export const locationOfABasin: Requirement = {
  ...row('CP-BAS-043'),
  needs: NEEDS,
  async check(context) {
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
  },
}

export const locationIsImmutable: Requirement = {
  ...row('CP-BAS-056'),
  needs: NEEDS,
  async check(context) {
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
  },
}

export const unknownLocation: Requirement = {
  ...row('CP-LOC-009'),
  needs: NEEDS,
  async check(context) {
    const { account, newBasinName, expect } = context
    for (const how of ['POST', 'PUT'] as const) {
      const name = newBasinName()
      expect.refused(await make(context, how, name, NOWHERE), 422, 'invalid')
      expect.refused(await account.getBasinConfig(name), 404, 'basin_not_found')
    }
  },
}

/** The default is one of those that are listed, as it is listed. */
async function defaultName(context: CheckContext): Promise<string> {
  const { name, isPrivate } = await defaultLocation(context)
  const entry = (await listLocations(context)).find((each) => each.name === name)
  context.expect.equal(entry, { name, isPrivate }, 'the entry of the default in the list')
  return name
}

function make(
  { account }: CheckContext,
  how: 'POST' | 'PUT',
  basin: string,
  location?: string,
): Promise<Answer<unknown>> {
  const place = location === undefined ? {} : { location }
  return how === 'POST'
    ? account.raw({ method: 'POST', path: '/basins', body: JSON.stringify({ basin, ...place }) })
    : account.raw({ method: 'PUT', path: `/basins/${basin}`, body: JSON.stringify(place) })
}
