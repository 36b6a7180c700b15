import { open } from 'node:fs/promises'

/** Makes the names in a directory last: a sync of a file need not write down what it is called. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories, and has no need to.
  if (process.platform === 'win32') return
  const directory = await open(path)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
