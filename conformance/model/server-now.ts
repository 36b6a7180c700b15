import { batch } from '../../client/records.ts'
import type { CheckContext } from '../check/context.ts'

/** The server's clock, read once from what it stores for a record and carried on by our own. Milliseconds since 1970. */
export async function serverNow({ newStream, expect, now }: CheckContext): Promise<() => bigint> {
  const clock = await newStream({ timestamping: { mode: 'arrival' } })
  const { end } = expect.ok(await clock.append(batch('tick')))
  const began = now()
  return () => end.timestamp + BigInt(Math.round(now() - began))
}
