import { messageOf, systemReason } from '../message-of.ts'
import { checkReplaceable, replaceFile } from '../replace-file.ts'
import { mapTexts } from '../text/map-texts.ts'
import { plain } from '../text/plain.ts'
import { UsageError } from '../usage-error.ts'
import type { Given, Io } from './command.ts'

/** How a result becomes the text of a file. Throws `UsageError` where the result has nothing to put there. */
export type Renderings<Result> = Readonly<Record<string, (result: Result, path: string) => string>>

/** The files that were asked for. */
export interface OutputFiles<Result> {
  readonly count: number
  /** Writes them all; whether that worked. The verdicts stand without it. */
  write(result: Result, io: FileIo): Promise<boolean>
}

/** What the writers of files need of an `Io`. */
export type FileIo = Pick<Io, 'err' | 'secrets' | 'unwritten'>

/**
 * The files that the options of these names ask for. Throws `UsageError` for one that cannot be written, which is found
 * out before the work and not after it. `program` speaks where it shows only afterwards. Results are written without the
 * secrets that `io` knows, and without what a terminal or a log obeys.
 */
export async function outputFiles<Result>(
  given: Given,
  program: string,
  renderings: Renderings<Result>,
  io: Pick<Io, 'unwritten'>,
): Promise<OutputFiles<Result>> {
  const wanted = Object.entries(renderings).flatMap(([name, render]) =>
    given.all(name).map((path) => ({ name, path, render })),
  )
  for (const { name, path } of wanted) await requestFile(name, path, io)
  return {
    count: wanted.length,
    async write(result, { err, secrets, unwritten }) {
      const clean = secrets === undefined ? result : mapTexts(result, secrets.text)
      let isWritten = true
      for (const { name, path, render } of wanted) {
        unwritten?.delete(path)
        try {
          const text = plain(render(clean, path))
          await replaceFile(path, text)
        } catch (error) {
          err(`${program}: ${notWritten(name, path, error)}\n`)
          isWritten = false
        }
      }
      return isWritten
    },
  }
}

/**
 * Checks that a file can be written and adds it to `io.unwritten`, without a change to the file. The writer removes it
 * from there; the command reports what is left at its end. Throws `UsageError` for a file that cannot be written.
 */
export async function requestFile(name: string, path: string, io: Pick<Io, 'unwritten'>): Promise<void> {
  try {
    const exists = await checkReplaceable(path)
    const old = exists ? ', and what it holds is of an earlier run' : ''
    io.unwritten?.set(path, `--${name}: the file ${path} was not written${old}`)
  } catch (error) {
    throw new UsageError(`--${name}: the file ${path} cannot be written: ${systemReason(error)}`)
  }
}

/** The sentence for the user. */
export const notWritten = (name: string, path: string, error: unknown): string =>
  `--${name}: the file ${path} could not be written: ${messageOf(error)}`
