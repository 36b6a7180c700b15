import { lstat, rm, writeFile } from 'node:fs/promises'
import * as badge from '../../reports/badge.ts'
import * as html from '../../reports/html.ts'
import * as json from '../../reports/json.ts'
import * as junit from '../../reports/junit.ts'
import * as markdown from '../../reports/markdown.ts'
import type { RunResult } from '../../reports/result.ts'
import { stable } from '../../reports/stable.ts'
import type { Given, Io } from '../cli/command.ts'
import { UsageError } from '../usage-error.ts'
import type { FormatName } from './report-options.ts'

const RENDERINGS: Readonly<Record<FormatName, (result: RunResult, path: string) => string>> = {
  json: json.render,
  html: html.render,
  junit: junit.render,
  markdown: markdown.render,
  badge: (result, path) => (/\.svg$/i.test(path) ? badge.renderSvg(result) : badge.renderEndpoint(result)),
}

const isFormat = (name: string): name is FormatName => Object.hasOwn(RENDERINGS, name)

/** The files that were asked for. */
export interface ReportFiles {
  /** Writes them all; whether that worked. The verdicts stand without it. */
  write(result: RunResult, io: Pick<Io, 'err'>): Promise<boolean>
}

/** Throws `UsageError`, also for a file that cannot be written, which is found out before the run and not after it. */
export async function reportFiles(given: Given): Promise<ReportFiles> {
  const wanted = Object.keys(RENDERINGS)
    .filter(isFormat)
    .flatMap((name) => given.all(name).map((path) => ({ name, path, render: RENDERINGS[name] })))
  if (given.flag('stable') && wanted.length === 0) {
    throw new UsageError('--stable is about report files: ask for one, such as --json FILE')
  }
  for (const { name, path } of wanted) await checkWritable(name, path)
  return {
    async write(result, io) {
      const shown = given.flag('stable') ? stable(result) : result
      let isWritten = true
      for (const { name, path, render } of wanted) {
        try {
          await writeFile(path, render(shown, path))
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error)
          io.err(`s2-conformance: --${name}: the file ${path} could not be written: ${why}\n`)
          isWritten = false
        }
      }
      return isWritten
    },
  }
}

/** The file is gone afterwards, until there is something to say. */
async function checkWritable(name: string, path: string): Promise<void> {
  try {
    await writeFile(path, '', { flag: 'a' })
    // What an earlier run said must not be taken for what this one says, should it not come to that.
    if ((await lstat(path)).isFile()) await rm(path)
  } catch {
    throw new UsageError(`--${name}: the file ${path} cannot be written`)
  }
}
