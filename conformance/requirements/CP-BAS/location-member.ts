import { type Requirement, requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../CP-CFG/effective.ts'
import { MALFORMED } from '../CP-LOC/names.ts'
import { basinInfo } from '../during-deletion.ts'

export const locationMember: readonly Requirement[] = [
  requirement('CP-BAS-036', '`location` and the token check', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const [name, refused] = [newBasinName(), newBasinName()]
    const create = (basin: string, rest: object) =>
      account.raw({
        method: 'POST',
        path: '/basins',
        headers: { 's2-request-token': 'here' },
        body: JSON.stringify({ basin, ...rest }),
      })
    expect.ok(await create(name, { location: 'aws:us-east-1' }), 201)
    for (const rest of [{ location: 'aws:eu-north-1' }, { location: null }, {}, { location: 'nowhere' }]) {
      const repeat = await create(name, rest)
      expect.ok(repeat, 201)
      expect.header(repeat, 's2-provision-result', 'noop')
    }
    for (const location of MALFORMED) {
      expect.refused(await create(name, { location }), 400, 'bad_json')
      expect.refused(await create(refused, { location }), 400, 'bad_json')
    }
    expect.refused(await account.getBasinConfig(refused), 404, 'basin_not_found')
  }),

  requirement('CP-BAS-075', '`location` in PATCH', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect, eventually } = context
    const { name } = await newBasin({ create_stream_on_read: true })
    const config = expect.ok(await account.getBasinConfig(name))
    const before = await eventually('the basin is listed', 30, () => basinInfo(context, name))
    for (const location of ['aws:us-west-2', 'aws:eu-north-1', null]) {
      const answer = await account.reconfigureBasin(name, { location })
      expect.status(answer, 200, 400, 422)
      const after = expect.ok(await account.getBasinConfig(name))
      expect.equal(effectiveBasin(after), effectiveBasin(config), 'configuration')
      expect.equal(await basinInfo(context, name), before, 'the entry of the listing')
    }
  }),
]
