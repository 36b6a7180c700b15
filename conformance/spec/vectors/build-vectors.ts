import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from '../capture/example.ts'
import { catalogueFile } from './catalogue-file.ts'

export interface VectorFile {
  /** Below the folder of the vectors. */
  readonly path: string
  readonly text: string
}

const SCHEMAS = join(import.meta.dirname, 'schemas')

/** Returns every file of the vectors: the data, and the JSON schema of each. */
export async function buildVectors(_examples: readonly Example[]): Promise<readonly VectorFile[]> {
  return [{ path: 'catalogue.json', text: catalogueFile() }, ...(await schemaFiles())]
}

async function schemaFiles(): Promise<readonly VectorFile[]> {
  const names = (await readdir(SCHEMAS)).toSorted()
  return await Promise.all(
    names.map(async (path) => ({ path, text: await readFile(join(SCHEMAS, path), 'utf8') })),
  )
}
