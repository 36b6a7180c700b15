import { type Requirement, requirement } from '../../check/requirement.ts'

export const basinHeader: readonly Requirement[] = [
  requirement('CP-RT-007', '`s2-basin` on account routes', async (context) => {
    const { account, basin, newBasinName, expect } = context
    const unknown = newBasinName()
    for (const value of ['Not a basin', '', newBasinName()]) {
      const headers = { 's2-basin': value }
      expect.ok(await account.raw({ method: 'GET', path: `/basins?prefix=${basin.name}`, headers }))
      expect.ok(await account.raw({ method: 'GET', path: `/basins/${basin.name}`, headers }))
      const patch = { method: 'PATCH', path: `/basins/${unknown}`, headers, body: '{}' }
      expect.refused(await account.raw(patch), 404, 'basin_not_found')
      const remove = { method: 'DELETE', path: `/basins/${unknown}`, headers }
      expect.refused(await account.raw(remove), 404, 'basin_not_found')
    }
  }),
]
