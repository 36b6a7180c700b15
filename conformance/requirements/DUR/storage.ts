import { batch } from '../../../client/records.ts'
import { TargetError } from '../../../client/target-error.ts'
import type { CheckContext } from '../../check/context.ts'
import { readAll } from '../../check/read-back.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { seen } from '../../history/perform.ts'

const DELAY_MS = 700

const APPENDS = 3

/** A timer may fire a moment early. */
const EARLY_MS = 5

export const storage: readonly Requirement[] = [
  onStream(
    'DUR-007',
    'Ack latency floor as a signal',
    { needs: ['storage'], seconds: (APPENDS * DELAY_MS) / 1000 },
    async ({ stream, storage, expect, now, record: note }) => {
      // A write that had begun before an append was sent cannot hold it.
      expect.ok(await stream.append(batch('a')))
      storage.set({ mode: 'slow', milliseconds: DELAY_MS })
      const took: number[] = []
      try {
        for (let index = 0; index < APPENDS; index++) {
          const sent = now()
          expect.ok(await stream.append(batch('b')))
          took.push(now() - sent)
        }
      } finally {
        storage.set({ mode: 'normal' })
      }
      const least = Math.min(...took)
      expect.that(
        least >= DELAY_MS - EARLY_MS,
        `no ack in less than ${DELAY_MS} ms`,
        `${least.toFixed(0)} ms`,
      )
      note(`with ${DELAY_MS} ms for every write, acks took ${took.map((ms) => ms.toFixed(0)).join(', ')} ms`)
    },
  ),

  onStream(
    'DUR-015',
    'Stalled storage and abandoned appends',
    { needs: ['storage', 'restart', 'http2'], seconds: 66 },
    async (context) => {
      // A stream whose append was given up is left alone for so long that the server may forget it.
      const { stream, storage, sleep, lifecycle, expect } = context
      expect.ok(await stream.append(batch('a')))
      storage.set({ mode: 'held' })
      const session = await stream.over('s2s').openAppend()
      await session.send(batch('abandoned'))
      await sleep(500)
      session.cancel()
      await sleep(STALL_MS)
      storage.set({ mode: 'normal' })
      const ack = expect.ok(await untilAnswered(context, () => stream.append(batch('b'))))
      const before = (await readAll(context, stream)).map(seen)
      expect.equal(before[Number(ack.start.seqNum)]?.body, 'b', `the record at ${ack.start.seqNum}`)
      await lifecycle.kill()
      await lifecycle.start()
      expect.equal((await readAll(context, stream)).map(seen), before, 'the log after a kill')
      context.record(`the abandoned append ${before.length === 3 ? 'took' : 'did not take'} effect`)
    },
  ),
]

/** Longer than s2-lite keeps a stream that nobody uses. */
const STALL_MS = 65_000

/** Storage that stalled for so long may have to be found again. */
async function untilAnswered<T>({ eventually }: CheckContext, attempt: () => Promise<T>): Promise<T> {
  return await eventually('an answer after storage is back', 60, async () => {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof TargetError) return undefined
      throw error
    }
  })
}
