import { writeFile } from 'node:fs/promises'
import * as badge from '../../reports/badge.ts'
import * as html from '../../reports/html.ts'
import * as json from '../../reports/json.ts'
import * as junit from '../../reports/junit.ts'
import * as markdown from '../../reports/markdown.ts'
import type { RunResult } from '../../reports/result.ts'
import { stable } from '../../reports/stable.ts'
import type { Given, Io, Option } from '../cli/command.ts'
import { UsageError } from '../usage-error.ts'

/** One rendering of the result that can be written into a file: its option, and the text for a path. */
interface Format {
  readonly option: Option
  render(result: RunResult, path: string): string
}

const format = (name: string, help: string, render: Format['render']): Format => ({
  option: { name, value: 'FILE', help },
  render,
})

const FORMATS: readonly Format[] = [
  format('json', 'write the whole result there, with transcripts', json.render),
  format('html', 'write a page for people there: one file, with search and transcripts', html.render),
  format('junit', 'write JUnit XML there, for a CI system', junit.render),
  format('markdown', 'write a summary there, for a CI job or a comment', markdown.render),
  format('badge', 'write a badge there: SVG, or JSON for an endpoint badge of shields.io', (result, path) =>
    /\.svg$/i.test(path) ? badge.renderSvg(result) : badge.renderEndpoint(result),
  ),
]

export const REPORT_OPTIONS: readonly Option[] = [
  ...FORMATS.map(({ option }) => option),
  {
    name: 'stable',
    help: 'keep names, ports, times and durations out of the rows of these files, so that two of them differ where verdicts do',
  },
]

/** The files that were asked for. */
export interface ReportFiles {
  /** Writes them all; whether that worked. The verdicts stand without it. */
  write(result: RunResult, io: Pick<Io, 'err'>): Promise<boolean>
}

/** Throws `UsageError` for a file that cannot be written, which is found out before the run and not after it. */
export async function reportFiles(given: Given): Promise<ReportFiles> {
  const wanted = FORMATS.flatMap(({ option, render }) =>
    given.all(option.name).map((path) => ({ name: option.name, path, render })),
  )
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

async function checkWritable(name: string, path: string): Promise<void> {
  try {
    await writeFile(path, '', { flag: 'a' })
  } catch {
    throw new UsageError(`--${name}: the file ${path} cannot be written`)
  }
}
