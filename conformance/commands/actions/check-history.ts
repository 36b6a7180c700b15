import type { Given, Io } from '../../../kit/cli/command.ts'
import { systemReason } from '../../../kit/message-of.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { type HistoryFile, HistoryFileError } from '../../history/file/format.ts'
import { loadHistory } from '../../history/file/load.ts'
import { judgeHistory } from '../../history/judge.ts'
import { exportFrom, requestFiles, tell, writePorcupine } from '../history-output.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const [path] = given.operands
  if (path === undefined || given.operands.length > 1) throw new UsageError('check-history takes one file')
  const isExported = await exportFrom(given)
  await requestFiles(given, ['json'], io)
  const begun = performance.now()
  const file = await load(path)
  const loadMs = performance.now() - begun
  const { about, history } = file
  const notes = isExported ? [`exported to ${await writePorcupine(path, file)}`] : []
  const result = judgeHistory(history, { about, notes, receipts: {}, doubt: () => about.doubt, loadMs })
  return await tell(result, given, io)
}

/** Throws `UsageError`. */
async function load(path: string): Promise<HistoryFile> {
  try {
    return await loadHistory(path)
  } catch (error) {
    if (error instanceof HistoryFileError)
      throw new UsageError(`${path} is not a history: ${error.message}; "history --out FILE" writes one`)
    if (error instanceof Error && 'code' in error)
      throw new UsageError(`the history ${path} cannot be read: ${systemReason(error)}`)
    throw error
  }
}
