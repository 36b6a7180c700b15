import { randomUUID } from 'node:crypto'
import { constants, createWriteStream, openSync, rmSync, writeFileSync } from 'node:fs'
import { access, chmod, copyFile, lstat, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes a file so that a reader finds the old one or the new one, and never a part: the text goes to a file next to it, which
 * then takes its place. A device or a pipe is written to as it is. Rejects where that fails; the old file stays.
 */
export async function replaceFile(path: string, text: string | Iterable<string>): Promise<void> {
  const place = await placeOf(path)
  const pieces = Readable.from(typeof text === 'string' ? [text] : text)
  if (place.isPipe) return await pipeline(pieces, takePipe(place.path))
  if (!place.isReplaced) return await pipeline(pieces, createWriteStream(place.path))
  await removeStale(place.path)
  const next = nextTo(place.path)
  try {
    await pipeline(pieces, createWriteStream(next))
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
  if (place.isPipe) {
    if (!checkedPipes.has(place.path)) checkedPipes.set(place.path, openPipe(place.path))
    return false
  }
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

/** Returns the pipe at this path, opened for writing as `replaceFile` does; undefined for anything else. */
export async function pipeAt(path: string): Promise<Writable | undefined> {
  const place = await placeOf(path)
  return place.isPipe ? takePipe(place.path) : undefined
}

/** Pipes that were checked and not written to yet. They stay open: a reader ends once its last writer has closed. */
const checkedPipes = new Map<string, number>()

/** Writes to a pipe without a thread: one that waits for a reader keeps the process from ending. */
function takePipe(path: string): Writable {
  const fd = checkedPipes.get(path) ?? openPipe(path)
  checkedPipes.delete(path)
  return new Socket({ fd, readable: false })
}

/** Opens a pipe without waiting for a reader. Throws where no process reads from it. */
function openPipe(path: string): number {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw codeOf(error) === 'ENXIO' ? new Error('no process reads from this pipe', { cause: error }) : error
  }
}

/** Removes the temporary files for this path whose processes were killed while they wrote. */
async function removeStale(path: string): Promise<void> {
  const begin = `.${basename(path)}.`
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    const [, pid] = name.startsWith(begin) ? (TEMPORARY.exec(name.slice(begin.length)) ?? []) : []
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(dirname(path), name), { force: true })
  }
}

const TEMPORARY = /^(\d+)-[0-9a-f]{8}\.tmp$/

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // The process of another user.
    return codeOf(error) === 'EPERM'
  }
}

interface Place {
  /** Links are followed. */
  readonly path: string
  /** By another file; otherwise it is written to. */
  readonly isReplaced: boolean
  readonly isPipe: boolean
  /** Permissions of the file that is replaced. */
  readonly mode?: number
}

async function placeOf(path: string): Promise<Place> {
  const real = await realpath(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  // A link to a file that does not exist yet: the system follows it.
  if (real === undefined) {
    // The pipes of `/dev/fd` are links to what has no path.
    const isPipe = await stat(path).then(
      (found) => found.isFIFO(),
      () => false,
    )
    return { path, isReplaced: !(await isLink(path)), isPipe }
  }
  const found = await stat(real)
  if (found.isDirectory()) throw new Error('it is a directory')
  const isReplaced = found.isFile() && (await isWritable(dirname(real)))
  return { path: real, isReplaced, isPipe: found.isFIFO(), mode: found.mode & 0o7777 }
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
  join(dirname(path), `.${basename(path)}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`)

const isBusy = (error: unknown): boolean => ['EBUSY', 'EXDEV'].includes(codeOf(error) ?? '')

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined
