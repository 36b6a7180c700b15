import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../check/requirement.ts'

export const headerIgnored: Requirement = {
  ...row('CP-RT-007'),
  needs: [],
  async check({ account, basin, newBasinName, expect }) {
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
  },
}
