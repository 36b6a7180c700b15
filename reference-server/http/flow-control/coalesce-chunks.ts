import type { Readable } from 'node:stream'
import { ByteQueue } from './byte-queue.ts'
import type { Turns } from './turns.ts'

/**
 * Puts together what comes in crumbs while nobody reads: a chunk, or a DATA frame, of one byte would wait as a buffer of its
 * own, which takes hundreds, and the windows of HTTP/2 count only its byte. What comes in one turn of the event loop waits as one.
 * A source that is read as fast as it comes is left alone, until it has sent many: then what follows waits for a turn of its own,
 * as a packet holds ten thousand of them, and others wait for as long as it takes to read it.
 */
export function coalesceChunks(source: Readable, turns: Turns): void {
  const push = source.push.bind(source)
  let crumbs = new ByteQueue()
  let planned: NodeJS.Immediate | undefined
  let count = 0
  let waitsForTurn = false
  const flush = (): boolean => {
    clearImmediate(planned)
    planned = undefined
    const bytes = crumbs.bytes()
    crumbs = new ByteQueue()
    return source.destroyed || bytes.length === 0 || push(Buffer.from(bytes))
  }
  const waitForTurn = async (): Promise<void> => {
    waitsForTurn = true
    await turns.next()
    waitsForTurn = false
    count = 0
    flush()
  }
  source.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    const isCrumb = chunk instanceof Uint8Array && chunk.length < CRUMB_BYTES
    if (isCrumb) count++
    const areMany = count > CRUMBS_A_TURN
    if (!isCrumb || (!areMany && source.readableLength === 0 && crumbs.length === 0)) {
      if (crumbs.length > 0) flush()
      return push(chunk, encoding)
    }
    crumbs.push(chunk)
    if (areMany && !waitsForTurn) void waitForTurn()
    if (!areMany) planned ??= setImmediate(flush)
    return !areMany && source.readableLength + crumbs.length < source.readableHighWaterMark
  }
}

/** Of one source; so many take a millisecond or so. */
const CRUMBS_A_TURN = 512

/** Larger ones cost about what they hold. */
const CRUMB_BYTES = 1024
