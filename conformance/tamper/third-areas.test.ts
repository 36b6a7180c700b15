import { expect, test } from 'vitest'
import { tamper } from './testing/tamper.ts'

// Some areas in each file, so that all cores have something to do; `npm run tamper` tries all of them.
const AREAS = ['READ-*', 'RTE-*']

test('requirements notice what they are told otherwise', { timeout: 1_200_000 }, async () => {
  const { code, out } = await tamper(...AREAS.flatMap((area) => ['--only', area]))
  expect(out).toMatch(/\npassed\n$/)
  expect(code).toBe(0)
})
