import { appendFileSync, writeFileSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Given, Io } from '../../kit/cli/command.ts'
import { notWritten, requestFile } from '../../kit/cli/output-files.ts'
import { pipeAt } from '../../kit/replace-file.ts'
import { IntervalLines, type Look } from '../measure/interval-lines.ts'

/** The interval logs that were asked for, written while a load is made. */
export interface IntervalLogs {
  tick(look: Look): void
  end(look: Look): void
  /** Resolves once everything is written; reports what could not be, and whether all was. */
  wrote(io: Pick<Io, 'err'>): Promise<boolean>
}

const NAME = 'hlog'

/**
 * Throws `UsageError` for a file that cannot be written. An old log is there until the first line of the new one is. A disk
 * or the reader of a pipe that fails later does not end the load, and a reader that takes nothing does not delay it.
 */
export async function intervalLogs(given: Given, io: Pick<Io, 'unwritten'>): Promise<IntervalLogs> {
  const paths = given.all(NAME)
  for (const path of paths) await requestFile(NAME, path, io)
  const pipes = new Map<string, Writable>()
  for (const path of paths) {
    const pipe = await pipeAt(path)
    if (pipe !== undefined) pipes.set(path, pipe)
  }
  const begun = new Set<string>()
  const lines = new IntervalLines(Date.now)
  const failures = new Map<string, string>()
  for (const [path, pipe] of pipes)
    pipe.on('error', (error) => failures.set(path, notWritten(NAME, path, error)))
  const write = (text: string): void => {
    if (text === '') return
    for (const path of paths) {
      // A log with a hole in it would be taken for a whole one.
      if (failures.has(path)) continue
      try {
        const pipe = pipes.get(path)
        if (pipe !== undefined) pipe.write(text)
        else if (begun.has(path)) appendFileSync(path, text)
        else writeFileSync(path, text)
        begun.add(path)
        io.unwritten?.delete(path)
      } catch (error) {
        io.unwritten?.delete(path)
        failures.set(path, notWritten(NAME, path, error))
      }
    }
  }
  return {
    tick(look) {
      if (paths.length > 0) write(lines.see(look))
    },
    end(look) {
      if (paths.length > 0) write(lines.end(look))
    },
    async wrote(io) {
      await Promise.all([...pipes.values()].map((pipe) => finished(pipe.end()).catch(() => {})))
      for (const sentence of failures.values()) io.err(`s2-load: ${sentence}\n`)
      return failures.size === 0
    },
  }
}
