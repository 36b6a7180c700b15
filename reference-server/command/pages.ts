import { fileURLToPath } from 'node:url'
import { UsageError } from '../../kit/usage-error.ts'
import { type Docs, readDocs } from '../http/resources/docs.ts'

/** Where the build puts the pages, seen from `dist/`, and from this source in a clone. */
const PLACES = ['./docs.json.gz', '../../dist/docs.json.gz']

/** Reads the pages of the specification that the package brings. Throws `UsageError` in a clone that has not been built. */
export async function readPages(): Promise<Docs> {
  for (const place of PLACES) {
    const docs = await readDocs(fileURLToPath(new URL(place, import.meta.url))).catch(absent)
    if (docs !== undefined) return docs
  }
  throw new UsageError('--docs: the pages have not been built; in a clone, run npm run build')
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
