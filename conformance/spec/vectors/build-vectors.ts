import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from '../capture/example.ts'
import { catalogueFile } from './catalogue-file.ts'
import { hurlFiles } from './exchanges/hurl.ts'
import { sequenceLines } from './sequences/generate.ts'
import { wireLines } from './wire/wire-lines.ts'

export interface VectorFile {
  /** Below the folder of the vectors. */
  readonly path: string
  readonly text: string
}

const SCHEMAS = join(import.meta.dirname, 'schemas')

/** Returns every file of the vectors: the data, and the JSON schema of each. */
export async function buildVectors(examples: readonly Example[]): Promise<readonly VectorFile[]> {
  return [
    { path: 'catalogue.json', text: catalogueFile() },
    { path: 'wire.jsonl', text: jsonLines(wireLines()) },
    { path: 'exchanges.jsonl', text: jsonLines(examples.map((example) => JSON.stringify(example))) },
    { path: 'sequences.jsonl', text: jsonLines(sequenceLines()) },
    ...hurlFiles(examples),
    ...(await schemaFiles()),
  ]
}

const jsonLines = (lines: readonly string[]): string => `${lines.join('\n')}\n`

async function schemaFiles(): Promise<readonly VectorFile[]> {
  const names = (await readdir(SCHEMAS)).toSorted()
  return await Promise.all(
    names.map(async (path) => ({ path, text: await readFile(join(SCHEMAS, path), 'utf8') })),
  )
}
