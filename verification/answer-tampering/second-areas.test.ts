import { expect, test } from 'vitest'
import { IN_TESTS } from './areas.ts'
import { tamper } from './testing/tamper.ts'

test('requirements notice what they are told otherwise', { timeout: 1_200_000 }, async () => {
  const { code, out } = await tamper(...IN_TESTS.second.flatMap((area) => ['--only', area]))
  expect(out).toMatch(/\npassed\n$/)
  expect(code).toBe(0)
})
