import { describe, expect, test } from 'vitest'
import {
  checkPlace,
  defaultLocation,
  findLocation,
  type Locations,
  PUBLIC_LOCATIONS,
  placeFor,
} from './locations.ts'
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
  test.each([
    { chosen: undefined, asked: undefined, place: 'here' },
    { chosen: 'there', asked: undefined, place: 'there' },
    { chosen: 'there', asked: 'here', place: 'here' },
  ])('with default $chosen, asked to be in $asked, to $place', ({ chosen, asked, place }) => {
    expect(placeFor(locations, chosen, asked, true)).toEqual({ place })
  })

  test('nowhere that is not there', () => {
    expect(placeFor(locations, 'there', 'nowhere', true)).toMatchObject({ code: 'invalid' })
  })

  test('nowhere, whatever is asked, where basins have no places', () => {
    expect(placeFor(locations, 'there', 'nowhere', false)).toEqual({ place: undefined })
  })
})

describe('a basin stays where it is (CP-BAS-056)', () => {
  test.each([
    { place: 'here', asked: undefined, is: 'allowed' },
    { place: 'here', asked: 'here', is: 'allowed' },
    { place: 'here', asked: 'there', is: 'refused' },
    { place: undefined, asked: undefined, is: 'allowed' },
    { place: undefined, asked: 'here', is: 'refused' },
  ])('in $place, asked to be in $asked: $is', ({ place, asked, is }) => {
    expect(checkPlace(place, asked)).toEqual(
      is === 'allowed' ? undefined : expect.objectContaining({ code: 'invalid' }),
    )
  })
})

test('the public ones have names that are allowed, and are not private (CP-LOC-004, CP-LOC-008)', () => {
  expect(PUBLIC_LOCATIONS.map(({ name, isPrivate }) => [checkLocationName(name), isPrivate])).toEqual(
    Array.from({ length: 3 }, () => [undefined, false]),
  )
})
