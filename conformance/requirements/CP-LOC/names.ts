import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_JSON } from '../malformed.ts'

export const names: readonly Requirement[] = [
  requirement('CP-LOC-004', 'Location name', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect, record } = context
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
  }),
]

/** No names of locations. */
export const MALFORMED: readonly (string | number)[] = [
  '',
  'l'.repeat(65),
  'aws us-east-1',
  'aws_us',
  'aws/us',
  'ört',
  7,
]
