import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { jsonSchemas } from '../scripts/json-schemas.ts'
import { root } from './markdown.ts'

test.each(jsonSchemas())('%s is what scripts/json-schemas.ts writes', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text)
})
