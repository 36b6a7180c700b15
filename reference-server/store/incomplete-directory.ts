import { readdir } from 'node:fs/promises'
import { StoreError } from './store-error.ts'

/**
 * Rejects with `StoreError` `open` for a directory that lacks files which LevelDB always leaves. LevelDB would take such a
 * directory for a new one and delete the tables in it. Changes nothing.
 */
export async function refuseIncomplete(directory: string): Promise<void> {
  const missing = missingFrom(await readdir(directory))
  if (missing === undefined) return
  throw new StoreError(
    'open',
    `the data directory ${directory} is incomplete: it holds data but ${missing}; restore the whole directory from a backup`,
  )
}

/**
 * Returns what is missing, in words. LevelDB creates its log before it points `CURRENT` to anything that needs one, and
 * removes a log only when the next exists. A first start that was killed leaves `MANIFEST-000001` alone.
 */
export function missingFrom(names: readonly string[]): string | undefined {
  const tables = names.some((name) => /^\d+\.(ldb|sst)$/.test(name))
  const logs = names.some((name) => /^\d+\.log$/.test(name))
  const manifests = names.some((name) => /^MANIFEST-\d+$/.test(name) && name !== 'MANIFEST-000001')
  if (!names.includes('CURRENT')) return tables || logs || manifests ? 'no file CURRENT' : undefined
  return (tables || manifests) && !logs ? 'no log file (*.log)' : undefined
}
