import type { Answer } from '../../../client/answer.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { NOWHERE } from './locations.ts'

export const NEEDS = ['locations', 'basins'] as const

export const unknown: readonly Requirement[] = [
  requirement('CP-LOC-009', 'Create in an unknown location', { needs: NEEDS }, async (context) => {
    const { account, newBasinName, expect } = context
    for (const how of ['POST', 'PUT'] as const) {
      const name = newBasinName()
      expect.refused(await make(context, how, name, NOWHERE), 422, 'invalid')
      expect.refused(await account.getBasinConfig(name), 404, 'basin_not_found')
    }
  }),
]

export function make(
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
