import { constants, openSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { Socket } from 'node:net'

/**
 * Reads a file. A pipe is read without a thread: one that waits for a writer keeps the process from ending. Rejects for a pipe
 * that no process writes to.
 */
export async function readWhole(path: string): Promise<Buffer> {
  if (!(await stat(path)).isFIFO()) return await readFile(path)
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const chunks: Buffer[] = []
  for await (const chunk of new Socket({ fd, writable: false })) chunks.push(chunk)
  if (chunks.length === 0) throw new Error('no process writes to this pipe')
  return Buffer.concat(chunks)
}
