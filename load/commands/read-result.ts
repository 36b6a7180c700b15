import { readFile } from 'node:fs/promises'
import { systemReason } from '../../kit/message-of.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { parseLoadResult } from '../../reports/load/parse.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { LoadReportError } from '../../reports/load/shape.ts'

/** The result that is in a file. Throws `UsageError`. */
export async function readResult(path: string): Promise<LoadResult> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`the result ${path} cannot be read: ${systemReason(error)}`)
  }
  try {
    return parseLoadResult(text)
  } catch (error) {
    if (!(error instanceof LoadReportError)) throw error
    throw new UsageError(`${path} is not a result of s2-load: ${error.message}`)
  }
}
