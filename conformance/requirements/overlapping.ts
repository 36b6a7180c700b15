import type { CheckContext } from '../check/context.ts'
import { demandOverlap, timed } from '../check/overlap.ts'

/**
 * Runs clients side by side, each doing its operation so many times, one after the other. Inconclusive when none
 * of them overlapped another.
 */
export async function overlapping(
  context: Pick<CheckContext, 'now' | 'record'>,
  clients: readonly (readonly [times: number, operation: () => Promise<void>])[],
): Promise<void> {
  const operations = await Promise.all(
    clients.map(async ([times, operation], client) => {
      const done = []
      for (let time = 0; time < times; time += 1) done.push(await timed(context, client, operation))
      return done
    }),
  )
  demandOverlap(context, operations.flat())
}
