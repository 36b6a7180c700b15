import { expect, test } from 'vitest'
import { createInventory } from './inventory.ts'

test('names are those of the run, valid and never the same, not even of a basin and a stream', () => {
  const inventory = createInventory('abcdef1234')
  const names = Array.from({ length: 1000 }, () => [
    inventory.newBasinName(),
    inventory.newStreamName(),
  ]).flat()
  for (const name of names) expect(name).toMatch(/^s2c-abcdef1234-\d+$/)
  for (const name of names) expect(name.length).toBeLessThanOrEqual(48)
  const basins = names.filter((_, index) => index % 2 === 0)
  expect(new Set(names).size).toBe(2000)
  expect(inventory.basins()).toEqual(basins)
})

test('ids of tokens are kept, with what was put at their end', () => {
  const inventory = createInventory('abcdef1234')
  expect(inventory.newTokenIds(['', '/ö'])).toEqual(['s2c-abcdef1234-1', 's2c-abcdef1234-1/ö'])
  expect(inventory.newStreamName()).toBe('s2c-abcdef1234-2')
  expect(inventory.newTokenIds([''])).toEqual(['s2c-abcdef1234-3'])
  expect(inventory.newTokenIdOf(20)).toBe('s2c-abcdef1234-4xxxx')
  expect(inventory.tokens()).toEqual([
    's2c-abcdef1234-1',
    's2c-abcdef1234-1/ö',
    's2c-abcdef1234-3',
    's2c-abcdef1234-4xxxx',
  ])
  expect(inventory.basins()).toEqual([])
})

test('a name of the run is the run’s before the answer is there, any other only when it was made', () => {
  const inventory = createInventory('abcdef1234')
  inventory.basinAttempted('s2c-abcdef1234-derived')
  inventory.basinAttempted('somebody-elses')
  inventory.basinAttempted('s2c-zzzzzz-1')
  expect(inventory.basins()).toEqual(['s2c-abcdef1234-derived'])
  inventory.basinCreated('made-by-us')
  expect(inventory.basins()).toEqual(['s2c-abcdef1234-derived', 'made-by-us'])
})
