import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { TruthChild } from './truth-child.ts'

/** What a load generator has said of one run, in microseconds. */
export interface Said {
  /** Requests that it says it has measured. */
  readonly count: number
  readonly at: (quantile: number) => number
}

/** Another load generator, run so that it makes about as many requests as are asked for, each of which takes so long. */
export interface Tool {
  readonly name: string
  /** How it makes the load, for the table. */
  readonly about: string
  /** Rejects with `NoFigures`, or where it says nothing that can be read. */
  measure(server: TruthChild, load: Asked): Promise<Said>
}

export interface Asked {
  readonly perSecond: number
  readonly seconds: number
  readonly delayUs: number
}

/** Why there are none, for the table: nothing is passed over unseen. */
export class NoFigures extends Error {}

/** Beyond the time that its run should take. */
const LIMIT_MS = 20_000

/** The whole output of a command that ends well, in not much more than these seconds. */
export async function output(command: string, args: readonly string[], seconds: number): Promise<string> {
  const limitMs = seconds * 1000 + LIMIT_MS
  const child = spawn(command, args, { timeout: limitMs, killSignal: 'SIGKILL' })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new NoFigures(`${command} is not installed`) : error),
    )
    child.once('close', resolve)
  })
  const [out, trouble, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (child.killed) throw new NoFigures(`${command} had not ended after ${limitMs / 1000} s`)
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${trouble.trim()}`)
  return out
}
