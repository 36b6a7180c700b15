import type { Command } from '../cli/command.ts'
import { type HistoryFile, HistoryFileError } from '../history/file/format.ts'
import { loadHistory } from '../history/file/load.ts'
import { judgeHistory } from '../history/judge.ts'
import { UsageError } from '../usage-error.ts'
import { exportFrom, OUTPUT_OPTIONS, tell, writePorcupine } from './history-output.ts'

export const checkHistory: Command = {
  name: 'check-history',
  summary: 'judges a history again, as an earlier run wrote it: linearizable, violated or inconclusive',
  operands: 'FILE',
  options: OUTPUT_OPTIONS,
  examples: ['check-history history.jsonl', 'check-history history.jsonl --export porcupine'],
  async run(given, io) {
    const [path] = given.operands
    if (path === undefined || given.operands.length > 1) throw new UsageError('check-history takes one file')
    const isExported = exportFrom(given)
    const begun = performance.now()
    const file = await load(path)
    const loadMs = performance.now() - begun
    const { about, history } = file
    const notes = isExported ? [`exported to ${await writePorcupine(path, file)}`] : []
    const result = judgeHistory(history, { about, notes, receipts: {}, doubt: () => undefined, loadMs })
    return await tell(result, given, io)
  },
}

/** Throws `UsageError`. */
async function load(path: string): Promise<HistoryFile> {
  try {
    return await loadHistory(path)
  } catch (error) {
    if (error instanceof HistoryFileError) throw new UsageError(`${path}: ${error.message}`)
    if (error instanceof Error && 'code' in error) throw new UsageError(`the history ${path} cannot be read`)
    throw error
  }
}
