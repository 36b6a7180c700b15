import { expect } from 'vitest'
import { type CommandIo, run } from '../main.ts'

/** The command `s2-reference-server`, under way. */
export interface Started {
  readonly code: Promise<number>
  readonly out: readonly string[]
  readonly err: readonly string[]
  signal(): void
  /** Resolves to the URL, once it is printed. */
  url(): Promise<string>
}

export function start(...args: readonly string[]): Started {
  return startWith({}, ...args)
}

export function startWith(env: CommandIo['env'], ...args: readonly string[]): Started {
  const out: string[] = []
  const err: string[] = []
  let signal = () => {}
  const io: CommandIo = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env,
    onSignal: (listener) => {
      signal = listener
    },
  }
  return {
    code: run(args, io),
    out,
    err,
    signal: () => signal(),
    async url() {
      await expect.poll(() => out[0]).toMatch(/^Listening on https?:/)
      return /https?:\S+\d/.exec(out[0] ?? '')?.[0] ?? ''
    },
  }
}
