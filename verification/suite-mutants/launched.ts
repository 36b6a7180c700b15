import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Launcher } from '../../client/launch/launcher.ts'
import { createProcessLauncher } from '../../client/launch/process.ts'
import { createTemporaryDirectory } from '../../kit/temporary-directory.ts'
import { shellQuote } from '../../kit/text/shell-word.ts'
import type { Defect } from './defect.ts'

export interface LaunchedServer {
  readonly launcher: Launcher
  /** How often the defect has decided something, in all lives of the server. */
  firings(): Promise<number>
  stop(): Promise<void>
}

/** The server as a process on a disk of its own, with the defect or healthy, that can be killed and started again. */
export async function launchServer(defect?: Defect): Promise<LaunchedServer> {
  const directory = await createTemporaryDirectory('s2-defect')
  const firings = join(directory.path, 'firings')
  await writeFile(firings, '')
  const main = join(import.meta.dirname, 'launched-main.ts')
  const words = [process.execPath, main, firings, defect?.name ?? ''].map(shellQuote)
  const command = `exec ${words.join(' ')} {port} {data_dir}`
  const launcher = await createProcessLauncher({ command, env: process.env })
  await launcher.start(new AbortController().signal)
  return {
    launcher,
    firings: async () => (await stat(firings)).size,
    async stop() {
      await launcher.dispose()
      await directory.remove()
    },
  }
}
