import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
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
  /** Rejects with `NotInstalled`, or where it says nothing that can be read. */
  measure(server: TruthChild, load: Asked): Promise<Said>
}

export interface Asked {
  readonly perSecond: number
  readonly seconds: number
  readonly delayUs: number
}

export class NotInstalled extends Error {}

/** The whole output of a command that ends well. */
export async function output(command: string, args: readonly string[]): Promise<string> {
  const child: ChildProcessWithoutNullStreams = spawn(command, args)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new NotInstalled(`${command} is not installed`) : error),
    )
    child.once('close', resolve)
  })
  const [out, trouble, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${trouble.trim()}`)
  return out
}
