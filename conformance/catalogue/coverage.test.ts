import { describe, expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { type Counts, coverage } from './coverage.ts'
import type { Row } from './row.ts'

const plain: Row = {
  id: 'APP-001',
  area: 'APP',
  title: 'Numbers',
  level: 'MUST',
  tier: 'core',
  basis: 'docs',
  statement: 'The first record gets 0.',
  source: 'docs',
}

describe('the state of a row', () => {
  test.each([
    ['planned', {}],
    ['disputed', { disputed: 'One says 400, one 422.' }],
    ['background', { tier: 'background', disputed: 'One says 400, one 422.' }],
    ['excluded', { excluded: 'Nobody can.', disputed: 'One says 400, one 422.' }],
    ['same-as', { sameAs: 'APP-002', tier: 'background' }],
  ] as const)('without a requirement: %s', (state, more) => {
    expect(coverage([], [{ ...plain, ...more }]).stateOf.get('APP-001')).toBe(state)
  })

  test('with a requirement: tested, also where it is disputed', () => {
    expect(coverage(['APP-001'], [plain]).stateOf.get('APP-001')).toBe('tested')
    const disputed = { ...plain, disputed: 'One says 400, one 422.' }
    expect(coverage(['APP-001'], [disputed]).stateOf.get('APP-001')).toBe('tested')
  })
})

test('rows are counted by area and by tier', () => {
  const lite: Row = { ...plain, id: 'READ-001', area: 'READ', tier: 'lite' }
  const { byArea, byTier } = coverage(['APP-001'], [plain, { ...plain, id: 'APP-002' }, lite])
  expect(byArea.get('APP')).toMatchObject({ tested: 1, planned: 1, disputed: 0 })
  expect(byArea.get('READ')).toMatchObject({ tested: 0, planned: 1 })
  expect(byTier.get('core')).toMatchObject({ tested: 1, planned: 1 })
  expect(byTier.get('lite')).toMatchObject({ tested: 0, planned: 1 })
})

test('every row of the catalogue is counted once', () => {
  const { stateOf, byArea, byTier } = coverage([])
  expect(stateOf.size).toBe(catalogue.length)
  expect(total(byArea)).toBe(catalogue.length)
  expect(total(byTier)).toBe(catalogue.length)
})

test('a requirement of no row is named', () => {
  expect(() => coverage(['APP-999'])).toThrow('names the row "APP-999"')
})

function total(counts: ReadonlyMap<string, Counts>): number {
  return [...counts.values()].flatMap((each) => Object.values(each)).reduce((sum, count) => sum + count, 0)
}
