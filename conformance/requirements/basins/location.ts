import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../config/effective.ts'
import { basinInfo } from '../deleting.ts'
import { BAD_JSON } from '../malformed.ts'

export const locationName: Requirement = {
  ...row('CP-LOC-004'),
  needs: ['basins'],
  async check({ account, newBasinName, expect, record }) {
    const name = newBasinName()
    for (const location of MALFORMED) {
      const body = JSON.stringify({ basin: name, location })
      expect.refusedAs(await account.raw({ method: 'POST', path: '/basins', body }), BAD_JSON)
      const path = `/basins/${name}`
      expect.refusedAs(
        await account.raw({ method: 'PUT', path, body: JSON.stringify({ location }) }),
        BAD_JSON,
      )
    }
    expect.refused(await account.getBasinConfig(name), 404, 'basin_not_found')
    // Well-formed, but hardly a place: a server that looks for it may say that there is none.
    for (const location of ['x', 'A-1:b.2', 'l'.repeat(64)]) {
      const path = `/basins/${name}`
      const answer = await account.raw({ method: 'PUT', path, body: JSON.stringify({ location }) })
      expect.status(answer, 201, 200, 422)
      record(`location ${location}: ${answer.error?.code ?? 'accepted'}`)
    }
  },
}

export const locationIgnored: Requirement = {
  ...row('CP-BAS-036'),
  needs: ['basins'],
  async check({ account, newBasinName, expect }) {
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
  },
}

export const locationInPatch: Requirement = {
  ...row('CP-BAS-075'),
  needs: ['basins'],
  async check(context) {
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
  },
}

const MALFORMED = ['', 'l'.repeat(65), 'aws us-east-1', 'aws_us', 'aws/us', 'ört', 7]
