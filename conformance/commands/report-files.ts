import type { Given, Io } from '../../kit/cli/command.ts'
import { type OutputFiles, outputFiles } from '../../kit/cli/output-files.ts'
import { UsageError } from '../../kit/usage-error.ts'
import * as badge from '../../reports/badge.ts'
import * as ctrf from '../../reports/ctrf.ts'
import * as html from '../../reports/html.ts'
import * as json from '../../reports/json.ts'
import * as junit from '../../reports/junit.ts'
import * as markdown from '../../reports/markdown.ts'
import type { RunResult } from '../../reports/result.ts'
import { stable } from '../../reports/stable.ts'
import type { FormatName } from './report-options.ts'

const RENDERINGS: Readonly<Record<FormatName, (result: RunResult, path: string) => string>> = {
  json: json.render,
  html: html.render,
  junit: junit.render,
  ctrf: ctrf.render,
  markdown: markdown.render,
  badge: (result, path) => (/\.svg$/i.test(path) ? badge.renderSvg(result) : badge.renderEndpoint(result)),
}

/** Throws `UsageError`, also for a file that cannot be written, which is found out before the run and not after it. */
export async function reportFiles(given: Given, io: Pick<Io, 'unwritten'>): Promise<OutputFiles<RunResult>> {
  const files = await outputFiles(given, 's2-conformance', RENDERINGS, io)
  if (!given.flag('stable')) return files
  if (files.count === 0)
    throw new UsageError('--stable is about report files: ask for one, such as --json FILE')
  return { ...files, write: (result, io) => files.write(stable(result), io) }
}
