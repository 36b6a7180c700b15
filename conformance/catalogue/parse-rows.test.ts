import { expect, test } from 'vitest'
import { parseRows } from './parse-rows.ts'

const good = {
  id: 'APP-001',
  title: 'Numbers',
  level: 'MUST',
  tier: 'core',
  basis: 'docs',
  statement: 'The first record gets 0.',
  source: 'docs',
}

test('a row keeps its texts and learns its area', () => {
  const rows = parseRows('APP', [{ ...good, notes: 'None.' }])
  expect(rows).toEqual([{ ...good, area: 'APP', notes: 'None.' }])
  expect('sameAs' in (rows[0] ?? {})).toBe(false)
})

test.each([
  ['no array', {}, 'catalogue area APP: the file is not an array of rows'],
  ['no object', ['APP-001'], 'catalogue area APP, row 1: not an object'],
  ['a second row', [good, null], 'catalogue area APP, row 2: not an object'],
  ['an unknown key', [{ ...good, same_as: 'APP-002' }], 'row 1: unknown key "same_as"'],
  ['a missing text', [{ ...good, source: undefined }], 'row 1: "source" is not a text with something in it'],
  ['an empty text', [{ ...good, statement: ' ' }], 'row 1: "statement" is not a text with something in it'],
  ['an empty optional text', [{ ...good, excluded: '' }], 'row 1: "excluded" is not a text'],
  ['an unknown tier', [{ ...good, tier: 'cor' }], 'row 1: "tier" is "cor", accepted are core, lite, hosted'],
  ['an unknown level', [{ ...good, level: 'must' }], 'row 1: "level" is "must", accepted are MUST, SHOULD'],
  ["another area's id", [{ ...good, id: 'READ-001' }], 'row 1: the id "READ-001" is not of the form APP-001'],
  ['a short number', [{ ...good, id: 'APP-1' }], 'row 1: the id "APP-1" is not of the form APP-001'],
])('%s is refused by name', (_, file, fault) => {
  expect(() => parseRows('APP', file)).toThrow(fault)
})
