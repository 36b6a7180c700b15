import { readFileSync, readlinkSync, type Stats } from 'node:fs'
import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/** A directory for this process. A process that is killed leaves it behind, and the next one removes it. */
export interface TemporaryDirectory {
  readonly path: string
  remove(): Promise<void>
}

/**
 * Creates a private directory in the temporary directory, after removing those of processes that have died. The file
 * `owner.json` in it names its process. `name` is the purpose, such as `s2-conformance`.
 */
export async function createTemporaryDirectory(name: `s2-${string}`): Promise<TemporaryDirectory> {
  await removeAbandoned(tmpdir())
  const path = await mkdtemp(join(tmpdir(), `${name}-`))
  await writeFile(join(path, OWNER_FILE), JSON.stringify(ownerOf(process.pid)))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/**
 * Removes the directories in `parent` that this user's processes created and that certainly are no longer in use. A
 * directory stays where anything is in doubt: it belongs to another user, is a link, names no owner, or names one that
 * this process cannot see.
 */
export async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    if (!name.startsWith('s2-')) continue
    const path = join(parent, name)
    // What cannot be removed is left to its user.
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true }).catch(() => {})
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const file = join(path, OWNER_FILE)
    const [directory, marker] = [await lstat(path), await lstat(file)]
    if (!directory.isDirectory() || !isOwn(directory)) return false
    if (!marker.isFile() || !isOwn(marker) || marker.size > MAX_OWNER_BYTES) return false
    const owner: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isOwner(owner) && owner.machine === MACHINE && !isAlive(owner)
  } catch {
    return false
  }
}

const OWNER_FILE = 'owner.json'
const MAX_OWNER_BYTES = 1024

const isOwn = ({ uid }: Stats): boolean => process.getuid === undefined || uid === process.getuid()

interface Owner {
  /** Where `pid` has its meaning. */
  readonly machine: string
  readonly pid: number
  /** Distinguishes processes that had the same number, where the system reports it; otherwise empty. */
  readonly started: string
}

const ownerOf = (pid: number): Owner => ({ machine: MACHINE, pid, started: startTime(pid) })

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false
  return (
    'machine' in value &&
    typeof value.machine === 'string' &&
    'pid' in value &&
    Number.isInteger(value.pid) &&
    Number(value.pid) > 0 &&
    'started' in value &&
    typeof value.started === 'string'
  )
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
  const now = startTime(pid)
  return started === '' || now === '' || now === started
}

/** In ticks since the system started, as Linux reports it. */
function startTime(pid: number): string {
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The second field is the name of the command, which may hold blanks and parentheses.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

/** The host, its start and, for containers that share a temporary directory, the namespace of process numbers. */
const MACHINE: string = [
  hostname(),
  textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
  textOf(() => readlinkSync('/proc/self/ns/pid')),
].join(' ')

function textOf(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
