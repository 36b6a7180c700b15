import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { loadToText } from '../../../reports/load/text.ts'
import { readResult } from '../read-result.ts'
import { resultFiles } from '../result-files.ts'

/** Shows and does not judge: it ends well when everything was written. */
export async function act(given: Given, io: Io): Promise<number> {
  const [path, extra] = given.operands
  if (path === undefined || extra !== undefined)
    throw new UsageError('report takes one result, as run --json writes it')
  const result = await readResult(path)
  const files = await resultFiles(given, io)
  io.out(loadToText(result))
  return (await files.write(result, io)) ? EXIT.conformant : EXIT.inconclusive
}
