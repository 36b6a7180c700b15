import { readFile } from 'node:fs/promises'
import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { systemReason } from '../../../kit/message-of.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { compare, findingOf } from '../../../reports/diff/compare.ts'
import { type ReadReport, ReportError, readReport } from '../../../reports/diff/read.ts'
import { renderJson, renderMarkdown, renderText } from '../../../reports/diff/render.ts'

const FORMATS = { text: renderText, markdown: renderMarkdown, json: renderJson } as const

export async function act(given: Given, io: Io): Promise<number> {
  const [before, after, ...more] = given.operands
  if (before === undefined || after === undefined || more.length > 0) {
    throw new UsageError('diff takes two reports, as run --json writes them: the old one and the new one')
  }
  const format = given.text('format')
  if (format !== 'text' && format !== 'markdown' && format !== 'json') {
    throw new UsageError(`--format is text, markdown or json, not "${format}"`)
  }
  const comparison = compare(await read(before), await read(after))
  io.out(FORMATS[format](comparison))
  const finding = findingOf(comparison)
  if (finding === 'no worse') return EXIT.conformant
  return finding === 'worse' ? EXIT.notConformant : EXIT.inconclusive
}

async function read(path: string): Promise<ReadReport> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`the report ${path} cannot be read: ${systemReason(error)}`)
  }
  try {
    return readReport(text)
  } catch (error) {
    if (!(error instanceof ReportError)) throw error
    throw new UsageError(`${path} is not a report: ${error.message}`)
  }
}
