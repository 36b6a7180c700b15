import { expect, test } from 'vitest'
import { requirements } from '../../requirements/index.ts'
import { checkTexts } from './check-texts.ts'
import { idsIn, ruleTexts } from './rule-texts.ts'

test('finds the text of every check', async () => {
  const texts = await checkTexts()
  // Generated sequences are one function with parameters, and have no text of their own.
  const missing = requirements.map(({ id }) => id).filter((id) => !texts.has(id) && !id.startsWith('PROP-'))
  expect(missing).toEqual([])
})

test('finds the rule that refuses a stale condition', async () => {
  const rules = await ruleTexts()
  const files = (rules.get('APP-013') ?? []).map(({ file }) => file)
  expect(files).toContain('reference-server/semantics/append/conditions.ts')
  for (const { text } of rules.get('APP-013') ?? []) expect(text).toMatch(/^\/\*\*[\s\S]*\n[}\]]?/)
})

test('a range of ids names each of them', () => {
  expect([...idsIn('(APP-046 to APP-048, CP-BAS-001)')]).toEqual([
    'APP-046',
    'APP-047',
    'APP-048',
    'CP-BAS-001',
  ])
})
