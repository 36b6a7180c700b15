import { type Requirement, requirement } from '../../check/requirement.ts'
import { defaultLocation, listLocations } from './locations.ts'

export const listing: readonly Requirement[] = [
  requirement('CP-LOC-002', 'List', { needs: ['locations'] }, async (context) => {
    const names = (await listLocations(context)).map(({ name }) => name)
    context.expect.that(names.length > 0, 'at least one location', names)
    context.expect.equal(names.length, new Set(names).size, 'different names')
  }),

  requirement('CP-LOC-003', 'Default', { needs: ['locations'] }, async (context) => {
    const byDefault = await defaultLocation(context)
    const listed = await listLocations(context)
    const entry = listed.find(({ name }) => name === byDefault.name)
    context.expect.equal(entry, byDefault, 'the entry of the default in the list')
  }),
]
