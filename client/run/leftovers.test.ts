import { expect, test } from 'vitest'
import { singleEndpoint } from '../endpoints.ts'
import { createInventory } from '../inventory.ts'
import { leftoverResources } from './leftovers.ts'

const there = {
  kind: 'attached',
  endpoints: singleEndpoint('http://127.0.0.1:8080'),
} as const

test('on a target of others, by their names', () => {
  const inventory = createInventory('abcdef')
  expect(leftoverResources(there, inventory, undefined)).toBeUndefined()
  const [first, second] = [inventory.newBasinName(), inventory.newBasinName()]
  expect(leftoverResources(there, inventory, undefined)).toBe(
    `on http://127.0.0.1:8080, 2 basins: ${first}, ${second}`,
  )
  const [token] = inventory.newTokenIds(['x'])
  expect(leftoverResources(there, inventory, { name: 'theirs', prefix: 's2c-abcdef-' })).toBe(
    `on http://127.0.0.1:8080, streams of theirs whose names begin with s2c-abcdef-, 1 access token: ${token}`,
  )
})

test('one that was launched dies itself', () => {
  const inventory = createInventory('abcdef')
  inventory.newBasinName()
  expect(leftoverResources({ ...there, kind: 'process' }, inventory, undefined)).toBeUndefined()
})
