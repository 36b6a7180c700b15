import { EXIT, type Given, type Io } from '../../../conformance/cli/command.ts'
import { UsageError } from '../../../conformance/usage-error.ts'
import type { LoadResult } from '../../../reports/load/result.ts'
import { loadToText } from '../../../reports/load/text.ts'
import { MergeError, mergeResults, type Part } from '../../merge/merge-results.ts'
import { exitCode } from '../exit-code.ts'
import { readResult } from '../read-result.ts'
import { resultFiles } from '../result-files.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const parts = await Promise.all(
    given.operands.map(async (name): Promise<Part> => ({ name, result: await readResult(name) })),
  )
  const merged = merge(parts, given.flag('any-start'))
  const files = await resultFiles(given)
  io.out(loadToText(merged))
  const isWritten = await files.write(merged, io)
  return isWritten ? exitCode(merged, given.flag('allow-suspect')) : EXIT.inconclusive
}

function merge(parts: readonly Part[], anyStart: boolean): LoadResult {
  try {
    return mergeResults(parts, anyStart)
  } catch (error) {
    throw error instanceof MergeError ? new UsageError(error.message) : error
  }
}
