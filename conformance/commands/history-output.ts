import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringifyJson } from '../../proto/json.ts'
import { type HistoryResult, renderHistory } from '../../reports/history.ts'
import { EXIT, type Given, type Io } from '../cli/command.ts'
import { exportPorcupine, whyNotExported } from '../history/export-porcupine.ts'
import type { HistoryFile } from '../history/file/format.ts'
import { UsageError } from '../usage-error.ts'

/** Throws `UsageError`. */
export function exportFrom(given: Given): boolean {
  const to = given.text('export')
  if (to === undefined || to === 'porcupine') return to !== undefined
  throw new UsageError(`--export is porcupine, not "${to}"`)
}

/** Prints the verdict and writes what was asked for; the exit code is the verdict's. */
export async function tell(result: HistoryResult, given: Given, io: Io): Promise<number> {
  io.out(renderHistory(result, io.width))
  const json = given.text('json')
  if (json !== undefined) await writeFile(json, `${stringifyJson(result)}\n`)
  switch (result.verdict) {
    case 'linearizable':
      return EXIT.conformant
    case 'violated':
      return EXIT.notConformant
    case 'inconclusive':
      return EXIT.inconclusive
  }
}

/** Throws `UsageError` for a history that the model of s2-verification cannot judge. */
export async function writePorcupine(path: string, file: HistoryFile): Promise<string> {
  const why = whyNotExported(file)
  if (why !== undefined) throw new UsageError(`--export porcupine: ${why}`)
  const to = `${path.replace(/\.jsonl$/, '')}.porcupine.jsonl`
  const lines = exportPorcupine(file.history)
  await pipeline(Readable.from(lines.map((line) => `${line}\n`)), createWriteStream(to))
  return to
}
