import type { Io } from '../../kit/cli/command.ts'
import { run } from '../main.ts'

export interface Played {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command as if these arguments had been typed where nothing is a terminal, and keeps what it prints. */
export async function play(args: readonly string[], more: Partial<Io> = {}): Promise<Played> {
  let out = ''
  let err = ''
  const code = await run(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env: { PATH: process.env.PATH },
    isInteractive: false,
    width: 120,
    colour: false,
    interrupted: new AbortController().signal,
    cwd: '/',
    ...more,
  })
  return { code, out, err }
}
