import { expect, test } from 'vitest'
import { UsageError } from '../../kit/usage-error.ts'
import { PUBLIC_LOCATIONS } from '../semantics/resources/locations.ts'
import { parseLocations } from './locations-option.ts'
import { parseSettings } from './settings.ts'

test('names, the first of them the default, and private ones', () => {
  expect(parseLocations(undefined)).toBe(PUBLIC_LOCATIONS)
  expect(parseLocations('aws:us-east-1')).toEqual([{ name: 'aws:us-east-1', isPrivate: false }])
  expect(parseSettings(['--locations', 'here,there=private'])).toMatchObject({
    locations: [
      { name: 'here', isPrivate: false },
      { name: 'there', isPrivate: true },
    ],
  })
})

test.each(['', 'a,', 'a b', `${'l'.repeat(65)}`, '=private', 'a=public', 'a,b,a', 'a,a=private'])(
  '"%s" is no list of locations',
  (text) => {
    expect(() => parseLocations(text)).toThrow(UsageError)
    expect(() => parseLocations(text)).toThrow('--locations')
  },
)
