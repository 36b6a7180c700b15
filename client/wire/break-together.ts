import type { Socket } from 'node:net'

/** The two ends of a connection that goes through a relay. */
export interface Pair {
  readonly client: Socket
  readonly upstream: Socket
}

/** A side that breaks takes the other one with it; one that ended well leaves it what is still on its way. */
export function breakTogether({ client, upstream }: Pair): void {
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.once('error', () => to.destroy())
    from.once('close', () => {
      if (!from.readableEnded) to.destroy()
    })
  }
}
