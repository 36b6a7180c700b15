import { batch } from '../../client/records.ts'
import { evidence } from '../../client/watch.ts'
import type { CheckContext } from '../check/context.ts'

/** Tells milliseconds since 1970 on the target's clock, as often as it is asked. */
async function serverClock({ newStream, expect }: CheckContext): Promise<() => Promise<number>> {
  const stream = await newStream({ timestamping: { mode: 'arrival' } })
  return async () => Number(expect.ok(await stream.append(batch('now'))).start.timestamp)
}

/** Milliseconds since 1970 on the target's clock, which an append is told: our own may be another. */
export async function serverTime(context: CheckContext): Promise<number> {
  return await (await serverClock(context))()
}

/** Whether it was still earlier on the target's clock when the answers so far had come. */
export const isBefore = async (context: CheckContext, time: number): Promise<boolean> =>
  await evidence('an answer that may have come too late says nothing', async () => {
    return (await serverTime(context)) < time
  })

/** Waits until it is that time on the target's clock, which is soon. */
export async function untilServerTime(context: CheckContext, time: number): Promise<void> {
  const clock = await serverClock(context)
  await evidence('the clock only tells when to go on', () =>
    context.eventually("the time has come on the target's clock", 20, async () =>
      (await clock()) >= time ? true : undefined,
    ),
  )
}
