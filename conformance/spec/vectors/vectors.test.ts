import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../catalogue/catalogue.ts'
import { readExamples } from '../capture/example-files.ts'
import { buildVectors, type VectorFile } from './build-vectors.ts'

let files: readonly VectorFile[] = []

beforeAll(async () => {
  files = await buildVectors(await readExamples())
})

function textOf(path: string): string {
  const text = files.find((file) => file.path === path)?.text
  if (text === undefined) throw new Error(`there is no file ${path}`)
  return text
}

/** True if `shown` is `actual` with members left out, and lists cut after their first items. */
function isAbridged(shown: unknown, actual: unknown): boolean {
  if (typeof shown !== 'object' || shown === null) return shown === actual
  if (typeof actual !== 'object' || actual === null || Array.isArray(shown) !== Array.isArray(actual))
    return false
  const members = new Map<string, unknown>(Object.entries(actual))
  return Object.entries(shown).every(([name, value]) => isAbridged(value, members.get(name)))
}

test('each example of the page is a part of what is built', () => {
  const page = readFileSync(new URL('../../../docs/vectors.md', import.meta.url), 'utf8')
  const shown = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = '']): unknown =>
    JSON.parse(json),
  )
  const { requirements } = JSON.parse(textOf('catalogue.json')) as { requirements: readonly unknown[] }
  const steps = linesOf('sequences.jsonl').flatMap((line) => (line as { steps: readonly unknown[] }).steps)
  const built = [...requirements, ...linesOf('wire.jsonl'), ...steps, ...linesOf('exchanges.jsonl')]
  expect(shown.length).toBeGreaterThan(3)
  expect(shown.filter((example) => !built.some((entry) => isAbridged(example, entry)))).toEqual([])
})

test('two builds are equal, byte for byte', async () => {
  expect(await buildVectors(await readExamples())).toEqual(files)
})

const linesOf = (path: string): readonly unknown[] =>
  textOf(path)
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

describe('the schemas hold', () => {
  const validatorOf = (schema: string) =>
    new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(textOf(`${schema}.schema.json`)))

  test('for catalogue.json', () => {
    const validate = validatorOf('catalogue')
    validate(JSON.parse(textOf('catalogue.json')))
    expect(validate.errors).toBeNull()
  })

  test.each(['wire', 'exchanges', 'sequences'])('for every line of %s.jsonl', (name) => {
    const validate = validatorOf(name)
    const lines = linesOf(`${name}.jsonl`)
    expect(lines.length).toBeGreaterThan(300)
    expect(lines.flatMap((line) => (validate(line) ? [] : [line, validate.errors])).slice(0, 4)).toEqual([])
  })
})

test('the files are small enough for the package', () => {
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  expect(bytes).toBeLessThan(10_000_000)
})

test('the catalogue has every requirement', () => {
  const { requirements } = JSON.parse(textOf('catalogue.json')) as { requirements: { id: string }[] }
  expect(requirements.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id))
})
