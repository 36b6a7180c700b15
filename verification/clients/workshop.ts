import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type CommandOptions, type Finished, runCommand } from './command.ts'

/** Where clients are got ready and run: the only way in which they reach the machine. */
export interface Workshop {
  /** A directory of that name that is kept from run to run. */
  cached(name: string): string
  /** Whether Rust may be compiled, which takes minutes; if not, only what is built already is run. */
  readonly mayBuildRust: boolean
  /** The root of this repository. */
  readonly root: string
  /** Runs a command to its end, for at most so many seconds. */
  command(words: readonly string[], options: CommandOptions): Promise<Finished>
}

export function openWorkshop(mayBuildRust: boolean): Workshop {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 's2-conformance')
  return {
    cached(name) {
      const directory = join(cache, name)
      mkdirSync(directory, { recursive: true })
      return directory
    },
    mayBuildRust,
    root: resolve(import.meta.dirname, '../..'),
    command: runCommand,
  }
}

/** The machine's environment without whatever would lead an S2 client to another server or account. */
export function quietEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('S2_')))
}
