import { expect, test } from 'vitest'
import { createLedger } from './ledger.ts'

test('names are those of the run, valid and never the same', () => {
  const ledger = createLedger('abcdef1234')
  const names = Array.from({ length: 1000 }, () => [ledger.newBasinName(), ledger.newStreamName()]).flat()
  for (const name of names) expect(name).toMatch(/^s2c-abcdef1234-\d+$/)
  for (const name of names) expect(name.length).toBeLessThanOrEqual(48)
  const basins = names.filter((_, index) => index % 2 === 0)
  expect(new Set(basins).size).toBe(1000)
  expect(ledger.basins()).toEqual(basins)
})

test('ids of tokens are kept, with what was put at their end', () => {
  const ledger = createLedger('abcdef1234')
  expect(ledger.newTokenIds(['', '/ö'])).toEqual(['s2c-abcdef1234-1', 's2c-abcdef1234-1/ö'])
  expect(ledger.newTokenIds([''])).toEqual(['s2c-abcdef1234-3'])
  expect(ledger.tokens()).toEqual(['s2c-abcdef1234-1', 's2c-abcdef1234-1/ö', 's2c-abcdef1234-3'])
  expect(ledger.basins()).toEqual([])
})

test('a name of the run is the run’s before the answer is there, any other only when it was made', () => {
  const ledger = createLedger('abcdef1234')
  ledger.basinAttempted('s2c-abcdef1234-derived')
  ledger.basinAttempted('somebody-elses')
  ledger.basinAttempted('s2c-zzzzzz-1')
  expect(ledger.basins()).toEqual(['s2c-abcdef1234-derived'])
  ledger.basinCreated('made-by-us')
  expect(ledger.basins()).toEqual(['s2c-abcdef1234-derived', 'made-by-us'])
})
