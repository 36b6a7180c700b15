/**
 * Writes the JSON Schemas of the files that users read, each from the one definition that is their type and their parser:
 * `node scripts/json-schemas.ts`. A test compares them.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { expectationsFile } from '../conformance/run/expectations.ts'
import { capacity } from '../reports/load/capacity.ts'
import { comparison } from '../reports/load/comparison.ts'
import { loadResult } from '../reports/load/result.ts'

const root = resolve(import.meta.dirname, '..')

const SCHEMAS: Readonly<Record<string, GenericSchema>> = {
  'conformance/expectations/expectations.schema.json': expectationsFile,
  'reports/load/load.schema.json': loadResult,
  'reports/load/comparison.schema.json': comparison,
  'reports/load/capacity.schema.json': capacity,
}

const CONFIG: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'output',
  // What a schema cannot say, or says already.
  ignoreActions: ['finite', 'check', 'raw_check'],
  overrideSchema: ({ valibotSchema, jsonSchema }) =>
    valibotSchema.type === 'custom' ? { type: 'object' } : jsonSchema,
}

/** The text of each schema, by its path. */
export const jsonSchemas = (): readonly (readonly [path: string, text: string])[] =>
  Object.entries(SCHEMAS).map(([path, schema]) => {
    const { $schema, ...rest } = toJsonSchema(schema, CONFIG)
    const whole = { $schema, $id: `https://unpkg.com/s2-conformance/${path}`, ...rest }
    return [path, `${JSON.stringify(whole, undefined, 2)}\n`]
  })

if (import.meta.main) for (const [path, text] of jsonSchemas()) writeFileSync(resolve(root, path), text)
