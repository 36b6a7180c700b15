import { lstat, rm, writeFile } from 'node:fs/promises'
import { messageOf } from '../message-of.ts'
import { UsageError } from '../usage-error.ts'
import type { Given, Io } from './command.ts'

/** How a result becomes the text of a file. Throws `UsageError` where the result has nothing to put there. */
export type Renderings<Result> = Readonly<Record<string, (result: Result, path: string) => string>>

/** The files that were asked for. */
export interface OutputFiles<Result> {
  readonly count: number
  /** Writes them all; whether that worked. The verdicts stand without it. */
  write(result: Result, io: Pick<Io, 'err'>): Promise<boolean>
}

/**
 * The files that the options of these names ask for. Throws `UsageError` for one that cannot be written, which is found
 * out before the work and not after it. `program` speaks where it shows only afterwards.
 */
export async function outputFiles<Result>(
  given: Given,
  program: string,
  renderings: Renderings<Result>,
): Promise<OutputFiles<Result>> {
  const wanted = Object.entries(renderings).flatMap(([name, render]) =>
    given.all(name).map((path) => ({ name, path, render })),
  )
  for (const { name, path } of wanted) await checkWritable(name, path)
  return {
    count: wanted.length,
    async write(result, io) {
      let isWritten = true
      for (const { name, path, render } of wanted) {
        try {
          await writeFile(path, render(result, path))
        } catch (error) {
          io.err(`${program}: ${notWritten(name, path, error)}\n`)
          isWritten = false
        }
      }
      return isWritten
    },
  }
}

/** Throws `UsageError`. The file is gone afterwards, until there is something to say. */
export async function checkWritable(name: string, path: string): Promise<void> {
  try {
    await writeFile(path, '', { flag: 'a' })
    // What an earlier run said must not be taken for what this one says, should it not come to that.
    if ((await lstat(path)).isFile()) await rm(path)
  } catch {
    throw new UsageError(`--${name}: the file ${path} cannot be written`)
  }
}

/** The sentence for the user. */
export const notWritten = (name: string, path: string, error: unknown): string =>
  `--${name}: the file ${path} could not be written: ${messageOf(error)}`
