import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requirements } from '../../conformance/requirements/index.ts'
import { createGlob } from '../../kit/glob.ts'
import { IN_TESTS, isOfTheRest, UNTRIED } from './areas.ts'

const of = (glob: string): readonly string[] =>
  requirements.map(({ id }) => id).filter((id) => createGlob(glob).matches(id))

describe('every requirement is told otherwise somewhere, or it is said why not', () => {
  test.each(Object.entries(IN_TESTS))('by the %s areas', async (name, areas) => {
    const file = await readFile(join(import.meta.dirname, `${name}-areas.test.ts`), 'utf8')
    expect(file).toContain(`IN_TESTS.${name}.`)
    for (const area of areas) expect(of(area), area).not.toEqual([])
  })

  test('by CI, which tries all that the tests leave', async () => {
    const ci = await readFile(join(import.meta.dirname, '..', '..', '.ci', 'run'), 'utf8')
    expect(ci).toMatch(/^part '[^']+' npm run --silent verify -- tamper --rest$/m)
    expect(requirements.filter(isOfTheRest).length).toBeGreaterThan(0)
  })

  test.each(UNTRIED)('$rows is a requirement', ({ rows, why }) => {
    expect(of(rows)).not.toEqual([])
    expect(why).not.toBe('')
  })
})
