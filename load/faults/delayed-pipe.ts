import type { Socket } from 'node:net'

/** Bytes that may not go on yet. */
export interface Held {
  readonly bytes: Buffer
  /** When they came: milliseconds on the clock of `performance`. */
  readonly since: number
}

/** When bytes that came then may go on: milliseconds, on the same clock. */
export type Due = (since: number) => number

/** Bytes of one direction of a connection, in order; what may not go on yet is held, up to a limit. */
export interface DelayedPipe {
  readonly held: readonly Held[]
  /** The earliest time may have changed. */
  hurry(): void
}

/** More than this makes the sender wait. */
const MOST_HELD = 16 * 1024 * 1024

/** `onHeld` is told of bytes that could not go on at once. */
export function createDelayedPipe(
  from: Socket,
  to: Socket,
  due: Due,
  onHeld: (held: Held) => void,
): DelayedPipe {
  const held: Held[] = []
  let heldBytes = 0
  let timer: NodeJS.Timeout | undefined
  let hasEnded = false

  const pass = (bytes: Buffer): void => {
    if (!to.destroyed && !to.write(bytes)) from.pause()
  }
  const readOn = (): void => {
    if (heldBytes < MOST_HELD && !to.writableNeedDrain) from.resume()
  }
  const release = (): void => {
    clearTimeout(timer)
    timer = undefined
    for (let first = held[0]; first !== undefined; first = held[0]) {
      const left = due(first.since) - performance.now()
      if (left > 0) {
        timer = setTimeout(release, left)
        return
      }
      held.shift()
      heldBytes -= first.bytes.length
      pass(first.bytes)
    }
    if (hasEnded) to.end()
    else readOn()
  }
  from.on('data', (bytes: Buffer) => {
    const since = performance.now()
    if (held.length === 0 && due(since) <= since) {
      pass(bytes)
      return
    }
    const piece = { bytes, since }
    held.push(piece)
    onHeld(piece)
    heldBytes += bytes.length
    if (heldBytes >= MOST_HELD) from.pause()
    if (timer === undefined) release()
  })
  from.once('end', () => {
    hasEnded = true
    release()
  })
  to.on('drain', readOn)
  // What is held outlives whoever sent it, and nobody else.
  to.once('close', () => {
    clearTimeout(timer)
    held.length = 0
  })
  return { held, hurry: release }
}
