import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import * as html from '../reports/load/html.ts'
import * as markdown from '../reports/load/markdown.ts'
import { parseLoadResult } from '../reports/load/parse.ts'
import { overview } from '../verification/publish-load/overview.ts'
import { PUBLISHED, readPublished } from '../verification/publish-load/read.ts'
import { TARGETS, WORKLOADS } from '../verification/publish-load/targets.ts'
import { textOf } from './markdown.ts'

const folder = join(PUBLISHED, 'load')
const files = readdirSync(folder)
const text = (name: string): string => readFileSync(join(folder, name), 'utf8')

const ajv = new Ajv.default({ strict: true, allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(JSON.parse(textOf('reports/load/load.schema.json')))

const wanted = TARGETS.flatMap(({ key, launch }) =>
  WORKLOADS.map((workload) => ({ file: `${key}-${workload}`, workload, launch })),
)

describe('published loads', () => {
  test('are all there, and nothing else', () => {
    const names = wanted.flatMap(({ file }) => ['json', 'md', 'html'].map((ending) => `${file}.${ending}`))
    expect(files.toSorted()).toEqual(names.toSorted())
  })

  test.each(wanted)('$file is as the schema says, of that server, and drawn from its JSON', (each) => {
    const json = text(`${each.file}.json`)
    expect(validate(JSON.parse(json)), JSON.stringify(validate.errors)).toBe(true)
    const result = parseLoadResult(json)
    expect(result.target.launch).toBe(each.launch)
    expect(result.workload).toMatchObject({ name: each.workload })
    expect(result.interrupted).toBe(false)
    expect(result.integrity).toMatchObject({ verdict: 'verified', violations: {} })
    expect(text(`${each.file}.md`)).toBe(markdown.render(result))
    expect(text(`${each.file}.html`)).toBe(html.render(result))
  })

  test('stand in one table', () => {
    expect(textOf('reports/published/load.md')).toBe(overview(readPublished()))
  })
})
