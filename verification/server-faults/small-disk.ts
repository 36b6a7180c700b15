import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shellQuote } from '../../kit/text/shell-word.ts'

/** A file system of one mebibyte, which only commands with its prefix see; it is gone with whoever made it. */
export interface SmallDisk {
  readonly directory: string
  /** Goes before a command that is to see it. */
  readonly prefix: string
  /** Makes room. */
  grow(): void
  remove(): Promise<void>
}

/** What gives a process mounts of its own: as root, or else where users may have namespaces. */
const WAYS: readonly (readonly [unshare: readonly string[], enter: readonly string[]])[] = [
  [['-m'], ['-m']],
  [
    ['-U', '-r', '-m'],
    ['-U', '--preserve-credentials', '-m'],
  ],
]

const way = WAYS.find(([unshare]) => {
  const tried = spawnSync('unshare', [...unshare, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()])
  return tried.status === 0 && spawnSync('nsenter', ['--version']).status === 0
})

/** Why there can be none here, if so. */
export const whyNoSmallDisk = (): string | undefined =>
  way === undefined ? 'unshare, nsenter and mount of a tmpfs are not to be had' : undefined

export async function makeSmallDisk(): Promise<SmallDisk> {
  const [unshare, enter] = way ?? WAYS[0] ?? [[], []]
  const directory = await mkdtemp(join(tmpdir(), 's2-small-'))
  const keeper = await keepMounted(unshare, directory)
  const prefix = ['nsenter', '-t', String(keeper.pid), ...enter]
  return {
    directory,
    prefix: `exec ${prefix.map(shellQuote).join(' ')} `,
    grow() {
      const [command = '', ...args] = [...prefix, 'mount', '-o', 'remount,size=64m', directory]
      const grown = spawnSync(command, args, { encoding: 'utf8' })
      if (grown.status !== 0) throw new Error(`the small disk cannot grow: ${grown.stderr}`)
    },
    async remove() {
      keeper.stdin?.end()
      await once(keeper, 'exit')
      await rm(directory, { recursive: true })
    },
  }
}

/** The mount lives as long as a process in its namespace; this one ends when we do. */
async function keepMounted(unshare: readonly string[], directory: string): Promise<ChildProcess> {
  const mount = `mount -t tmpfs -o size=1m tmpfs ${shellQuote(directory)} && echo mounted && exec cat >/dev/null`
  const keeper = spawn('unshare', [...unshare, 'sh', '-c', mount], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [first] = await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit')])
  if (String(first).trim() !== 'mounted') throw new Error('the small disk cannot be mounted')
  return keeper
}
