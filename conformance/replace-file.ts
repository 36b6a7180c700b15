import { randomUUID } from 'node:crypto'
import { constants, rmSync, writeFileSync } from 'node:fs'
import { access, chmod, copyFile, lstat, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file so that a reader finds the old one or the new one, and never a part: `write` is given the path of a file next
 * to it, which then takes its place. A device or a pipe is written to as it is. Rejects where that fails; the old file stays.
 */
export async function replaceFile(path: string, write: (path: string) => Promise<unknown>): Promise<void> {
  const place = await placeOf(path)
  if (!place.isReplaced) return void (await write(place.path))
  const next = nextTo(place.path)
  try {
    await write(next)
    if (place.mode !== undefined) await chmod(next, place.mode)
    await rename(next, place.path).catch(async (error: unknown) => {
      // A file that is mounted by itself, as into a container, cannot be renamed over.
      if (!isBusy(error)) throw error
      await copyFile(next, place.path)
    })
  } finally {
    await rm(next, { force: true })
  }
}

/** Rejects where `replaceFile` could not write; changes nothing. Whether there is a file that it would replace. */
export async function checkReplaceable(path: string): Promise<boolean> {
  const place = await placeOf(path)
  const exists = await access(place.path, constants.W_OK).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false
      throw error
    },
  )
  if (!place.isReplaced) return false
  const next = nextTo(place.path)
  // In one turn, so that a command that ends meanwhile leaves no file behind.
  writeFileSync(next, '')
  rmSync(next)
  return exists
}

interface Place {
  /** Links are followed. */
  readonly path: string
  /** By another file; otherwise it is written to. */
  readonly isReplaced: boolean
  /** Permissions of the file that is replaced. */
  readonly mode?: number
}

async function placeOf(path: string): Promise<Place> {
  const real = await realpath(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  // A link to a file that does not exist yet: the system follows it.
  if (real === undefined) return { path, isReplaced: !(await isLink(path)) }
  const found = await stat(real)
  if (found.isDirectory()) throw new Error('it is a directory')
  const isReplaced = found.isFile() && (await isWritable(dirname(real)))
  return { path: real, isReplaced, mode: found.mode & 0o7777 }
}

const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  )

const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  )

const nextTo = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`)

const isBusy = (error: unknown): boolean => ['EBUSY', 'EXDEV'].includes(codeOf(error) ?? '')

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined
