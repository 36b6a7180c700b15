import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseGiven } from '../../kit/cli/parse.ts'
import { quietIo } from '../../kit/testing/quiet-io.ts'
import { COMPARISON_OUTCOMES, DECISIONS } from '../../reports/load/comparison.ts'
import { fakeArena, fakeResult } from '../compare/testing/fake-arena.ts'
import { run } from '../main.ts'
import { ab } from './ab.ts'
import { act } from './actions/ab.ts'

const schemaOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../reports/load/${name}`, import.meta.url), 'utf8'))
const schema = schemaOf('comparison.schema.json')
const ajv = new Ajv.default({ strict: true, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(schemaOf('load.schema.json'))
const validate = ajv.compile(schema)

describe('a comparison in JSON', () => {
  let folder: string
  let written: Record<string, unknown>

  /** Where head is slower, so that there is a rerun too. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 's2-load-test-'))
    const file = join(folder, 'ab.json')
    const { arena } = fakeArena(({ phase, round, server }) =>
      fakeResult(phase * 100 + round, server === 'head' ? 1.2 : 1),
    )
    const args = ['--a', 'old {port}', '--b', 'new {port}', '--rounds', '4', '--json', file]
    await act(parseGiven(ab, args, {}), quietIo, () => arena)
    written = JSON.parse(await readFile(file, 'utf8'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('is as its schema says', () => {
    expect([validate(written), validate.errors]).toEqual([true, null])
    expect(JSON.stringify(written)).toContain('"rerun"')
  })

  test('of finished results is too', async () => {
    const files = ['base.json', 'head.json'].map((name) => join(folder, name))
    for (const [at, file] of files.entries()) await writeFile(file, JSON.stringify(fakeResult(at + 1)))
    const out = join(folder, 'compared.json')
    await run(['compare', ...files, '--json', out], quietIo)
    expect([validate(JSON.parse(await readFile(out, 'utf8'))), validate.errors]).toEqual([true, null])
  })

  test('is refused where any of its fields is missing or strange', () => {
    for (const name of schema.required) {
      const { [name]: _gone, ...rest } = written
      expect(validate(rest), name).toBe(false)
      expect(validate({ ...written, [name]: null }), name).toBe(false)
    }
    expect(validate({ ...written, stranger: 1 })).toBe(false)
  })

  test('has the words that the code has', () => {
    expect(schema.properties.outcome.enum).toEqual(COMPARISON_OUTCOMES)
    expect(schema.properties.metrics.items.properties.decision.enum).toEqual(DECISIONS)
  })
})
