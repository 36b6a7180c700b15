import type { Writable } from 'node:stream'
import type { Upload } from './wire.ts'

/**
 * The open body of a request. A write resolves when the bytes are handed on, and also when the exchange is over: a
 * stream that is destroyed may forget to call back. What the target no longer takes is dropped; its answer says so.
 */
export function uploadTo(body: Writable): Upload {
  const closed = new Promise<void>((resolve) => body.once('close', () => resolve()))
  return {
    async write(bytes) {
      if (!body.writable) return
      const written = new Promise<void>((resolve) => body.write(bytes, () => resolve()))
      await Promise.race([written, closed])
    },
    end: () => void body.end(),
  }
}
