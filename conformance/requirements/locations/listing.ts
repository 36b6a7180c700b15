import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../check/requirement.ts'
import { defaultLocation, listLocations } from './locations.ts'

export const locationsAreListed: Requirement = {
  ...row('CP-LOC-002'),
  needs: ['locations'],
  async check(context) {
    const names = (await listLocations(context)).map(({ name }) => name)
    context.expect.that(names.length > 0, 'at least one location', names)
    context.expect.equal(names.length, new Set(names).size, 'different names')
  },
}

export const defaultIsListed: Requirement = {
  ...row('CP-LOC-003'),
  needs: ['locations'],
  async check(context) {
    const byDefault = await defaultLocation(context)
    const listed = await listLocations(context)
    const entry = listed.find(({ name }) => name === byDefault.name)
    context.expect.equal(entry, byDefault, 'the entry of the default in the list')
  },
}
