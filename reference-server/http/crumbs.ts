import type { Readable } from 'node:stream'
import { Gathered } from './gathered.ts'

/**
 * Puts together what comes in crumbs while nobody reads: a chunk, or a DATA frame, of one byte would wait as a buffer of its
 * own, which takes hundreds, and the windows of HTTP/2 count only its byte. What comes in one turn of the event loop waits as one.
 * A source that is read as fast as it comes is left alone.
 */
export function gatherCrumbs(source: Readable): void {
  const push = source.push.bind(source)
  let crumbs = new Gathered()
  let planned: NodeJS.Immediate | undefined
  const flush = (): boolean => {
    clearImmediate(planned)
    planned = undefined
    const bytes = crumbs.bytes()
    crumbs = new Gathered()
    return source.destroyed || bytes.length === 0 || push(Buffer.from(bytes))
  }
  source.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    const isCrumb = chunk instanceof Uint8Array && chunk.length < CRUMB_BYTES
    if (!isCrumb || (source.readableLength === 0 && crumbs.length === 0)) {
      if (crumbs.length > 0) flush()
      return push(chunk, encoding)
    }
    crumbs.push(chunk)
    planned ??= setImmediate(flush)
    return source.readableLength + crumbs.length < source.readableHighWaterMark
  }
}

/** Larger ones cost about what they hold. */
const CRUMB_BYTES = 1024
