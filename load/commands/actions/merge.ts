import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { loadToText } from '../../../reports/load/text.ts'
import { mergeResults, type Part } from '../../merge/merge-results.ts'
import { exitCode } from '../exit-code.ts'
import { readResult } from '../read-result.ts'
import { resultFiles } from '../result-files.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const parts = await Promise.all(
    given.operands.map(async (name): Promise<Part> => ({ name, result: await readResult(name) })),
  )
  const merged = mergeResults(parts, given.flag('any-start'))
  const files = await resultFiles(given, io)
  io.out(loadToText(merged))
  const isWritten = await files.write(merged, io)
  return isWritten ? exitCode(merged, given.flag('allow-suspect')) : EXIT.inconclusive
}
