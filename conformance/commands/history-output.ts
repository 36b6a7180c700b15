import { EXIT, type Given, type Io } from '../../kit/cli/command.ts'
import { requestFile } from '../../kit/cli/output-files.ts'
import { replaceFile } from '../../kit/replace-file.ts'
import { mapTexts } from '../../kit/text/map-texts.ts'
import { plainJson } from '../../kit/text/plain.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { stringifyJson } from '../../proto/json.ts'
import { type HistoryResult, renderHistory } from '../../reports/history.ts'
import { exportPorcupine, loadHash, whyNotExported } from '../history/export-porcupine.ts'
import type { HistoryFile } from '../history/file/format.ts'

/** Returns whether `--export` is given. Throws `UsageError`, also where the export needs a package that is not there. */
export async function exportFrom(given: Given): Promise<boolean> {
  const to = given.text('export')
  if (to === undefined) return false
  if (to === 'porcupine') return loadHash().then(() => true)
  throw new UsageError(`--export is porcupine, not "${to}"`)
}

/** Notes which files are to be written. Throws `UsageError` for one that cannot be. */
export async function requestFiles(given: Given, names: readonly ('json' | 'out')[], io: Io): Promise<void> {
  for (const name of names) {
    const path = given.text(name)
    if (path !== undefined) await requestFile(name, path, io)
  }
}

/** Prints the verdict and writes what was asked for; the exit code is the verdict's. */
export async function tell(result: HistoryResult, given: Given, io: Io): Promise<number> {
  io.out(renderHistory(result, io.width))
  const json = given.text('json')
  if (json !== undefined) {
    const clean = io.secrets === undefined ? result : mapTexts(result, io.secrets.text)
    await replaceFile(json, `${plainJson(stringifyJson(clean))}\n`)
    io.unwritten?.delete(json)
  }
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
  const lines = exportPorcupine(file.history, await loadHash())
  await replaceFile(
    to,
    lines.map((line) => `${line}\n`),
  )
  return to
}
