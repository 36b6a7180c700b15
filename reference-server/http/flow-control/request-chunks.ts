import { finished, type Readable } from 'node:stream'
import { draining } from '../../backend/refusals.ts'
import type { Drain } from '../../drain.ts'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'

/**
 * The body of a session's request as it arrives, left open at its end, as the answer goes out on the same connection.
 * Throws `Refused`: `client_hangup` where the connection breaks, `server_draining` as soon as sessions are to end, and
 * the reason of `stop` when it is aborted.
 */
export async function* requestChunks(
  source: Readable,
  drain: Drain,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const body = watch(source, drain, stop)
  try {
    for (;;) {
      if (drain.phase === 'ending') throw new Refused(draining())
      stop.throwIfAborted()
      const chunk: Uint8Array | null = source.destroyed ? null : source.read()
      if (chunk !== null) yield chunk
      else if (body.state() === 'ended') return
      else if (body.state() === 'broken') throw hangup()
      else await body.change()
    }
  } finally {
    body.letGo()
  }
}

const hangup = (): Refused =>
  new Refused(refuse('client_hangup', 'the client left in the middle of its request'))

interface Watched {
  state(): 'open' | 'ended' | 'broken'
  /** Resolves at the next event that is worth another look. */
  change(): Promise<void>
  letGo(): void
}

function watch(source: Readable, drain: Drain, stop: AbortSignal): Watched {
  let state: 'open' | 'ended' | 'broken' = 'open'
  let wake = (): void => {}
  const look = (): void => wake()
  const unwatch = finished(source, { writable: false }, (error) => {
    state = error ? 'broken' : 'ended'
    wake()
  })
  source.on('readable', look)
  const unsubscribe = drain.changed.subscribe(look)
  stop.addEventListener('abort', look)
  return {
    state: () => state,
    change: () =>
      new Promise((resolve) => {
        wake = resolve
      }),
    letGo() {
      unwatch()
      source.off('readable', look)
      unsubscribe()
      stop.removeEventListener('abort', look)
    },
  }
}
