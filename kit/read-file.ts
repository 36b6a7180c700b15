import { closeSync, constants, openSync, readSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** How often a pipe is looked at whose writer has nothing to say yet. */
const LOOK_AGAIN_MS = 10

/**
 * Reads a file. A pipe is read without a thread: one that waits for a writer keeps the process from ending. Rejects for a pipe
 * that no process writes to.
 */
export async function readWhole(path: string): Promise<Buffer> {
  if (!(await stat(path)).isFIFO()) return await readFile(path)
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return await readPipe(fd)
  } finally {
    closeSync(fd)
  }
}

/** By reads, and not by a socket: a poll tells no end of a pipe that never had a writer, a read does. */
async function readPipe(fd: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for (;;) {
    const chunk = chunkOf(fd)
    if (chunk === undefined) await setTimeout(LOOK_AGAIN_MS)
    else if (chunk.length > 0) chunks.push(chunk)
    else break
  }
  if (chunks.length === 0) throw new Error('no process writes to this pipe')
  return Buffer.concat(chunks)
}

/** What a pipe holds now: nothing at its end, `undefined` where its writer has not written yet. */
function chunkOf(fd: number): Buffer | undefined {
  const buffer = Buffer.alloc(64 * 1024)
  try {
    return buffer.subarray(0, readSync(fd, buffer))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined
    throw error
  }
}
