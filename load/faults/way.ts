import type { Socket } from 'node:net'

/** When bytes that came now may go on: milliseconds on the clock of `performance`. */
export type Due = (nowMs: number) => number

/** Bytes of one direction of a connection, in order; what may not go on yet is held, up to a limit. */
export interface Way {
  /** The earliest time may have changed. */
  hurry(): void
}

/** More than this makes the sender wait. */
const MOST_HELD = 16 * 1024 * 1024

interface Held {
  readonly bytes: Buffer
  readonly since: number
}

/** `onHeld` is told of bytes that could not go on at once. */
export function createWay(from: Socket, to: Socket, due: Due, onHeld: (bytes: number) => void): Way {
  const held: Held[] = []
  let heldBytes = 0
  let timer: NodeJS.Timeout | undefined
  let hasEnded = false

  const pass = (bytes: Buffer): void => {
    if (to.destroyed || to.write(bytes)) return
    from.pause()
    to.once('drain', () => from.resume())
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
    else if (heldBytes < MOST_HELD && !to.writableNeedDrain) from.resume()
  }
  from.on('data', (bytes: Buffer) => {
    const since = performance.now()
    if (held.length === 0 && due(since) <= since) {
      pass(bytes)
      return
    }
    onHeld(bytes.length)
    held.push({ bytes, since })
    heldBytes += bytes.length
    if (heldBytes >= MOST_HELD) from.pause()
    if (timer === undefined) release()
  })
  from.once('end', () => {
    hasEnded = true
    release()
  })
  from.once('error', () => to.destroy())
  from.once('close', () => {
    clearTimeout(timer)
    if (!hasEnded) to.destroy()
  })
  return { hurry: release }
}
