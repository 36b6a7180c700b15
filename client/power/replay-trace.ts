import { posix } from 'node:path'
import { type Directory, Disk, type File, type Node } from './disk.ts'
import { callsOf, descriptorOf, stringOf, type TracedCall } from './trace.ts'

/** A disk as it was when the trace ended, and what the trace could not tell of it. */
export interface Replayed {
  readonly disk: Disk
  /** Ways to the disk that were taken and cannot be followed: a verdict would be a guess. */
  readonly unseen: ReadonlySet<string>
}

/** The calls that are to be traced. */
export const TRACED: readonly string[] = [
  ...['open', 'openat', 'openat2', 'creat', 'lseek', 'dup', 'dup2', 'dup3'],
  ...['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'ftruncate', 'truncate', 'fallocate'],
  ...['fsync', 'fdatasync', 'syncfs', 'sync'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir'],
  ...['chdir', 'symlink', 'symlinkat', 'mmap', 'copy_file_range', 'sendfile', 'splice', 'io_uring_setup'],
]

/** Plays a trace of `TRACED` on an empty disk whose root is the directory `root`, in its real spelling. */
export function replayTrace(trace: string, root: string): Replayed {
  const player = new Player(root)
  for (const call of callsOf(trace)) player.play(call)
  return player
}

interface Open {
  readonly file: File
  readonly appends: boolean
  readonly synced: boolean
  offset: number
}

class Player implements Replayed {
  readonly disk: Disk = new Disk()
  readonly unseen: Set<string> = new Set()
  /** Of the last call that told. */
  workingDirectory: string | undefined
  readonly #root: string
  readonly #open = new Map<string, Open>()
  /** Of each thread, when the sync that it is in had begun. */
  readonly #begun = new Map<string, number>()

  constructor(root: string) {
    this.#root = root
  }

  play(call: TracedCall): void {
    const [first] = call.args
    if (first?.startsWith('AT_FDCWD<')) this.workingDirectory = descriptorOf(first)?.path
    if (call.phase === 'begin') this.#begun.set(call.thread, this.disk.moment)
    else if (call.result >= 0) CALLS[call.name]?.(this, call)
  }

  /** When the call that ends now had begun. */
  begun({ thread }: TracedCall): number {
    return this.#begun.get(thread) ?? 0
  }

  opened(fd: number, open: Open): void {
    this.#open.set(String(fd), open)
  }

  /** What is open there; undefined when it is not ours, and noted when it should be. */
  openAt(arg: string | undefined, what: string): Open | undefined {
    const descriptor = descriptorOf(arg)
    const path = this.within(descriptor?.path)
    if (descriptor === undefined || path === undefined) return undefined
    const open = this.#open.get(descriptor.fd)
    if (open !== undefined && open.file === this.disk.find(path)) return open
    this.unseen.add(`${what} at a place that is not known`)
    return undefined
  }

  nodeAt(arg: string | undefined): Node | undefined {
    const path = this.within(descriptorOf(arg)?.path)
    return path === undefined ? undefined : this.disk.find(path)
  }

  /** The names below the root; undefined for what is elsewhere. */
  within(path: string | undefined): readonly string[] | undefined {
    if (path === this.#root) return []
    if (path?.startsWith(`${this.#root}/`) !== true) return undefined
    return path.slice(this.#root.length + 1).split('/')
  }

  /** Directory and name that two arguments, or one, stand for. */
  place(path: string | undefined, at?: string): Place | undefined {
    const text = stringOf(path)?.toString('utf8')
    if (text === undefined) return undefined
    const base = descriptorOf(at)?.path ?? this.workingDirectory
    if (base === undefined && !text.startsWith('/'))
      this.unseen.add('a path without the directory it begins at')
    const names = this.within(posix.resolve(base ?? '/', text))
    const name = names?.at(-1)
    if (names === undefined || name === undefined) return undefined
    const directory = this.disk.find(names.slice(0, -1))
    return directory?.kind === 'directory' ? { directory, name } : undefined
  }
}

interface Place {
  readonly directory: Directory
  readonly name: string
}

type Play = (player: Player, call: TracedCall) => void

const open =
  (pathAt: number): Play =>
  (player, { args, result }) => {
    const place = player.place(args[pathAt], args[pathAt - 1])
    if (place === undefined) return
    const flags = args[pathAt + 1] ?? ''
    const there = place.directory.entries.get(place.name)
    if (there?.kind === 'directory') return
    if (there === undefined && !flags.includes('O_CREAT')) {
      player.unseen.add(`a file that nobody had made: ${place.name}`)
      return
    }
    const file = there ?? player.disk.create(place.directory, place.name)
    if (flags.includes('O_TRUNC') && there !== undefined) player.disk.resize(file, 0)
    player.opened(result, {
      file,
      appends: flags.includes('O_APPEND'),
      synced: /O_D?SYNC/.test(flags),
      offset: 0,
    })
  }

/** `offsetAt`: where the argument is that says where; absent, it is where the last one ended. */
const write =
  (offsetAt?: number): Play =>
  (player, call) => {
    const { args, result } = call
    const target = player.openAt(args[0], 'a write')
    if (target === undefined) return
    const bytes = bytesOf(args[1] ?? '')
    if (bytes === undefined || bytes.length < result) {
      player.unseen.add('a write longer than the trace holds')
      return
    }
    const place = target.appends ? target.file.size : target.offset
    const offset = offsetAt === undefined ? place : Number(args[offsetAt])
    player.disk.write(target.file, offset, bytes.subarray(0, result))
    if (offsetAt === undefined) target.offset = offset + result
    if (target.synced) player.disk.sync(target.file, player.disk.moment)
  }

/** Of a string, or of all parts of a vector. */
function bytesOf(arg: string): Buffer | undefined {
  if (!arg.startsWith('[')) return stringOf(arg)
  const parts = [...arg.matchAll(/iov_base=("(?:[^"\\]|\\.)*")(\.\.\.)?/gs)]
  if (parts.some(([, , cut]) => cut !== undefined)) return undefined
  return Buffer.concat(parts.map(([, text]) => stringOf(text) ?? Buffer.alloc(0)))
}

const sync: Play = (player, call) => {
  const node = player.nodeAt(call.args[0])
  if (node !== undefined) player.disk.sync(node, player.begun(call))
}

const syncAll: Play = (player, call) => player.disk.syncAll(player.begun(call))

const rename =
  (from: number, to: number): Play =>
  (player, { args }) => {
    const old = player.place(args[from], args[from - 1])
    const fresh = player.place(args[to], args[to - 1])
    if (/EXCHANGE|WHITEOUT/.test(args[4] ?? '')) player.unseen.add('an exchange of names')
    const node = old?.directory.entries.get(old.name)
    if (old !== undefined) player.disk.unlink(old.directory, old.name)
    if (fresh === undefined) return
    if (node === undefined) player.unseen.add('a file that was moved in')
    else player.disk.link(fresh.directory, fresh.name, node)
  }

const link =
  (from: number, to: number): Play =>
  (player, { args }) => {
    const old = player.place(args[from], args[from - 1])
    const fresh = player.place(args[to], args[to - 1])
    if (fresh === undefined) return
    const node = old?.directory.entries.get(old.name)
    if (node === undefined) player.unseen.add('a link to a file that nobody had made')
    else player.disk.link(fresh.directory, fresh.name, node)
  }

const unlink =
  (pathAt: number): Play =>
  (player, { args }) => {
    const place = player.place(args[pathAt], args[pathAt - 1])
    if (place !== undefined) player.disk.unlink(place.directory, place.name)
  }

const makeDirectory =
  (pathAt: number): Play =>
  (player, { args }) => {
    const place = player.place(args[pathAt], args[pathAt - 1])
    if (place !== undefined) player.disk.makeDirectory(place.directory, place.name)
  }

const seek: Play = (player, { args, result }) => {
  const target = player.nodeAt(args[0]) === undefined ? undefined : player.openAt(args[0], 'a seek')
  if (target !== undefined) target.offset = result
}

const resize: Play = (player, { args }) => {
  const node = player.nodeAt(args[0])
  if (node?.kind === 'file') player.disk.resize(node, Number(args[1]))
}

const allocate: Play = (player, { args }) => {
  const node = player.nodeAt(args[0])
  if (node?.kind !== 'file' || args[1]?.includes('KEEP_SIZE')) return
  if (args[1] !== '0') player.unseen.add('a hole')
  player.disk.resize(node, Math.max(node.size, Number(args[2]) + Number(args[3])))
}

/** A way to the disk that is not followed. */
const unseen =
  (what: string, fdAt: number, when: (args: readonly string[]) => boolean = () => true): Play =>
  (player, { args }) => {
    if (player.nodeAt(args[fdAt])?.kind === 'file' && when(args)) player.unseen.add(what)
  }

const symlink =
  (pathAt: number): Play =>
  (player, { args }) => {
    if (player.place(args[pathAt], args[pathAt - 1]) !== undefined) player.unseen.add('a symbolic link')
  }

const changeDirectory: Play = (player, { args }) => {
  const path = stringOf(args[0])?.toString('utf8')
  if (path !== undefined) player.workingDirectory = posix.resolve(player.workingDirectory ?? '/', path)
}

const CALLS: Readonly<Record<string, Play>> = {
  chdir: changeDirectory,
  open: open(0),
  openat: open(1),
  openat2: (player) => player.unseen.add('openat2'),
  creat: (player, call) => open(0)(player, { ...call, args: [call.args[0] ?? '', 'O_CREAT|O_TRUNC'] }),
  write: write(),
  writev: write(),
  pwrite64: write(3),
  pwritev: write(3),
  pwritev2: write(3),
  lseek: seek,
  ftruncate: resize,
  truncate: (player, { args }) => {
    if (player.place(args[0]) !== undefined) player.unseen.add('truncate')
  },
  fallocate: allocate,
  fsync: sync,
  fdatasync: sync,
  syncfs: syncAll,
  sync: syncAll,
  rename: rename(0, 1),
  renameat: rename(1, 3),
  renameat2: rename(1, 3),
  link: link(0, 1),
  linkat: link(1, 3),
  unlink: unlink(0),
  unlinkat: unlink(1),
  rmdir: unlink(0),
  mkdir: makeDirectory(0),
  mkdirat: makeDirectory(1),
  symlink: symlink(1),
  symlinkat: symlink(2),
  mmap: unseen(
    'a file written through memory',
    4,
    ([, , protection = '', flags = '']) => protection.includes('PROT_WRITE') && flags.includes('MAP_SHARED'),
  ),
  copy_file_range: unseen('copy_file_range', 2),
  sendfile: unseen('sendfile', 0),
  splice: unseen('splice', 2),
  io_uring_setup: (player) => player.unseen.add('io_uring'),
}
