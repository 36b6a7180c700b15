import type { CheckContext } from '../context.ts'
import { batch } from '../records.ts'

/** Milliseconds since 1970 on the target's clock, which an append is told: our own may be another. */
export async function serverTime({ newStream, expect }: CheckContext): Promise<number> {
  const stream = await newStream({ timestamping: { mode: 'arrival' } })
  return Number(expect.ok(await stream.append(batch('now'))).start.timestamp)
}
