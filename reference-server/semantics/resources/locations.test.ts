import { describe, expect, test } from 'vitest'
import { defaultLocation, findLocation, type Locations, PUBLIC_LOCATIONS, placeOf } from './locations.ts'
import { checkLocationName } from './names.ts'

const here = { name: 'here', isPrivate: false }
const there = { name: 'there', isPrivate: true }
const locations: Locations = [here, there]

test('a location is found by its name, and one that is not there is invalid (CP-LOC-006, CP-LOC-009)', () => {
  expect(findLocation(locations, 'there')).toBe(there)
  expect(findLocation(locations, 'nowhere')).toMatchObject({ code: 'invalid' })
  expect(findLocation(locations, 'Here')).toMatchObject({ code: 'invalid' })
})

test('the default is the one that was chosen, or the first (CP-LOC-003)', () => {
  expect(defaultLocation(locations, 'there')).toBe(there)
  expect(defaultLocation(locations, undefined)).toBe(here)
  expect(defaultLocation(locations, 'taken down since')).toBe(here)
})

describe('a new basin goes (CP-BAS-043, CP-LOC-009)', () => {
  const placeOfNew = (chosen: string | undefined, asked: string | undefined, placesBasins: boolean) =>
    placeOf(undefined, asked, { locations, chosen, placesBasins })

  test.each([
    { chosen: undefined, asked: undefined, place: 'here' },
    { chosen: 'there', asked: undefined, place: 'there' },
    { chosen: 'there', asked: 'here', place: 'here' },
  ])('with default $chosen, asked to be in $asked, to $place', ({ chosen, asked, place }) => {
    expect(placeOfNew(chosen, asked, true)).toEqual({ place })
  })

  test('nowhere that is not there', () => {
    expect(placeOfNew('there', 'nowhere', true)).toMatchObject({ code: 'invalid' })
  })

  test('nowhere, whatever is asked, where basins have no places', () => {
    expect(placeOfNew('there', 'nowhere', false)).toEqual({ place: undefined })
  })
})

describe('a basin stays where it is (CP-BAS-056)', () => {
  test.each([
    { place: 'here', asked: undefined, placesBasins: true, is: 'allowed' },
    { place: 'here', asked: 'here', placesBasins: true, is: 'allowed' },
    { place: 'here', asked: 'there', placesBasins: true, is: 'refused' },
    { place: 'taken down since', asked: undefined, placesBasins: true, is: 'allowed' },
    { place: 'taken down since', asked: 'taken down since', placesBasins: true, is: 'allowed' },
    { place: 'taken down since', asked: 'here', placesBasins: true, is: 'refused' },
    { place: undefined, asked: undefined, placesBasins: true, is: 'allowed' },
    { place: undefined, asked: 'here', placesBasins: true, is: 'refused' },
    { place: 'here', asked: 'there', placesBasins: false, is: 'allowed' },
  ])('in $place, asked to be in $asked, where places are looked at: $placesBasins: $is', (row) => {
    const { place, asked, placesBasins, is } = row
    expect(placeOf({ place }, asked, { locations, chosen: undefined, placesBasins })).toEqual(
      is === 'allowed' ? { place } : expect.objectContaining({ code: 'invalid' }),
    )
  })
})

test('the public ones have names that are allowed, and are not private (CP-LOC-004, CP-LOC-008)', () => {
  expect(PUBLIC_LOCATIONS.map(({ name, isPrivate }) => [checkLocationName(name), isPrivate])).toEqual(
    Array.from({ length: 3 }, () => [undefined, false]),
  )
})
