import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { shellQuote } from '../../kit/text/shell-word.ts'

/** What the files of a data directory do, as `faulty-files.c` says. */
export type Order = 'nothing' | 'failed-sync' | 'held-sync' | 'lying-sync' | 'short-write'

/** A data directory whose files can be made to fail under a running server. */
export interface FaultyFiles {
  readonly directory: string
  /** Goes before the command of a server. */
  readonly prefix: string
  order(order: Order): Promise<void>
  /** How often this has struck; syncs that were done are `synced`. */
  receipts(of: string): Promise<number>
  /**
   * What a power cut does, once the process is gone: what was not synced is not there. Returns the bytes that went.
   */
  cutPower(): Promise<number>
  remove(): Promise<void>
}

/** Why there can be none here, if so: it is made with gcc and asks the linker to put it before libc. */
export function whyNoFaultyFiles(): string | undefined {
  if (process.platform !== 'linux') return 'LD_PRELOAD is for Linux'
  return spawnSync('gcc', ['--version']).status === 0 ? undefined : 'there is no gcc'
}

export async function makeFaultyFiles(): Promise<FaultyFiles> {
  const work = await mkdtemp(join(tmpdir(), 's2-faulty-'))
  const [library, order, receipts] = ['library.so', 'order', 'receipts'].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ]
  const directory = join(work, 'data')
  await mkdir(directory)
  compile(library)
  const environment = {
    LD_PRELOAD: library,
    FAULTY_FILES: directory,
    FAULTY_ORDER: order,
    FAULTY_RECEIPTS: receipts,
  }
  const lines = async (): Promise<readonly string[]> =>
    existsSync(receipts) ? (await readFile(receipts, 'utf8')).split('\n') : []
  return {
    directory,
    prefix: `exec env ${Object.entries(environment)
      .map(([name, value]) => `${name}=${shellQuote(value)}`)
      .join(' ')} `,
    order: (wanted) => writeFile(order, wanted),
    receipts: async (of) => (await lines()).filter((line) => line.startsWith(`${of} `)).length,
    cutPower: async () => cut(directory, await lines()),
    remove: () => rm(work, { recursive: true }),
  }
}

function compile(library: string): void {
  const source = resolve(import.meta.dirname, 'faulty-files.c')
  const gcc = spawnSync(
    'gcc',
    ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', library, source, '-ldl'],
    {
      encoding: 'utf8',
    },
  )
  if (gcc.status !== 0) throw new Error(`faulty-files.c does not compile: ${gcc.stderr}`)
}

/** LevelDB only ever appends to what it syncs, so the size at the last sync is what is certain to be there. */
async function cut(directory: string, receipts: readonly string[]): Promise<number> {
  const certain = new Map<string, number>()
  for (const line of receipts) {
    const [, size, path] = /^synced (\d+) (.*)$/.exec(line) ?? []
    if (path !== undefined) certain.set(path, Number(size))
  }
  let gone = 0
  for (const name of await readdir(directory)) {
    if (!/\.(log|ldb)$|^MANIFEST-/.test(name)) continue
    const path = join(directory, name)
    const { size } = await stat(path)
    const kept = Math.min(size, certain.get(path) ?? 0)
    gone += size - kept
    await truncate(path, kept)
  }
  return gone
}
