import { appendFileSync, writeFileSync } from 'node:fs'
import type { Given, Io } from '../../conformance/cli/command.ts'
import { notWritten, requestFile } from '../../conformance/cli/output-files.ts'
import { IntervalLines, type Look } from '../measure/interval-lines.ts'

/** The interval logs that were asked for, written while a load is made. */
export interface IntervalLogs {
  tick(look: Look): void
  end(look: Look): void
  /** Says what could not be written; whether all was. */
  wrote(io: Pick<Io, 'err'>): boolean
}

const NAME = 'hlog'

/**
 * Throws `UsageError` for a file that cannot be written. An old log is there until the first line of the new one is. A disk
 * that fails later does not end the load.
 */
export async function intervalLogs(given: Given, io: Pick<Io, 'unwritten'>): Promise<IntervalLogs> {
  const paths = given.all(NAME)
  for (const path of paths) await requestFile(NAME, path, io)
  const begun = new Set<string>()
  const lines = new IntervalLines(Date.now)
  const failures = new Map<string, string>()
  const write = (text: string): void => {
    if (text === '') return
    for (const path of paths) {
      // A log with a hole in it would be taken for a whole one.
      if (failures.has(path)) continue
      try {
        if (begun.has(path)) appendFileSync(path, text)
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
    wrote(io) {
      for (const sentence of failures.values()) io.err(`s2-load: ${sentence}\n`)
      return failures.size === 0
    },
  }
}
