import { access, constants, copyFile, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { refuseIncomplete } from './incomplete-directory.ts'

/** A directory that LevelDB may open and change in place of the one that it stands for. */
export interface Snapshot {
  readonly path: string
  remove(): Promise<void>
}

/**
 * Links the tables of a data directory into a temporary one and copies its other files, so that opening it changes nothing.
 * The lock file is linked too: opening fails while a server uses the directory, and no server starts before it is closed.
 * Rejects with `StoreError` `open` for an incomplete directory, and with Node's error if it cannot be read.
 */
export async function takeSnapshot(directory: string): Promise<Snapshot> {
  await refuseIncomplete(directory)
  const path = await mkdtemp(join(tmpdir(), 's2-check-'))
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true })
  try {
    for (const name of await readdir(directory)) await take(resolve(directory, name), join(path, name), name)
  } catch (error) {
    await remove()
    throw error
  }
  return { path, remove }
}

async function take(from: string, to: string, name: string): Promise<void> {
  if (/^\d+\.(ldb|sst)$/.test(name)) await symlink(from, to)
  else if (/^(CURRENT|MANIFEST-\d+|\d+\.log)$/.test(name)) await copyFile(from, to)
  else if (name === 'LOCK' && (await isWritable(from))) await symlink(from, to)
}

/** A lock needs a file that may be written, which a backup might not be. */
const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
