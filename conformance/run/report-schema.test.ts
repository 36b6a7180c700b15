import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import * as json from '../../reports/json.ts'
import { resultOf } from '../../reports/testing/sample.ts'
import { requirements } from '../requirements/index.ts'
import { unselectedResult } from './merge-checks.ts'

test('the published schema knows the ids, levels, tiers and transports of every requirement', () => {
  const schema = new URL('../../reports/report.schema.json', import.meta.url)
  const ajv = new Ajv.default({ strict: true, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  const results = requirements.map((requirement) =>
    unselectedResult(requirement, 'not-selected', 'to see them all'),
  )
  validate(JSON.parse(json.render(resultOf(results))))
  expect(results.length).toBeGreaterThan(500)
  expect(validate.errors ?? []).toEqual([])
})
