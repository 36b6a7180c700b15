import { expect, test } from 'vitest'
import { howMany, nounFor } from './how-many.ts'

test.each([
  ['rows', 'row'],
  ['access tokens', 'access token'],
  ['followed batches', 'followed batch'],
  ['pauses', 'pause'],
  ['bytes', 'byte'],
  ['reads behind a trim', 'read behind a trim'],
  ['of unknown outcome', 'of unknown outcome'],
  ['failed as expected', 'failed as expected'],
  ['sessions of followers', 'session of followers'],
])('%s, and one of them: %s', (plural, one) => {
  expect([0, 1, 2].map((count) => howMany(count, plural))).toEqual([`0 ${plural}`, `1 ${one}`, `2 ${plural}`])
  expect(nounFor(1, plural)).toBe(one)
})
