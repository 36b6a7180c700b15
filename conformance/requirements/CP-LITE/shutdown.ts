import { batch } from '../../../client/records.ts'
import { TargetError } from '../../../client/target-error.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const shutdownRows: readonly Requirement[] = [
  onStream('CP-LITE-030', 'Shutdown', { needs: ['restart'], seconds: 2 }, async (context) => {
    const { stream, lifecycle, now, sleep, expect, eventually } = context
    expect.ok(await stream.append(batch('a')))
    const waiting = stream.read({ seqNum: 1n, count: 1n, wait: 2 })
    // It must be there before the end is asked for.
    await sleep(500)
    const began = now()
    const stopping = lifecycle.stop()
    try {
      await eventually(
        'no new connection is accepted',
        2,
        async () => await isRefused(() => stream.checkTail()),
      )
      // s2-lite lets the read wait on; a server that says why it ends takes leave as S2's clients know it (ERR-022).
      const answer = await waiting
      if (answer.status === 503) expect.refusedAs(answer, [[503, 'server_draining']])
      else expect.equal(expect.ok(answer).records, [], 'records of the read that was waiting')
      await stopping
      expect.that(now() - began < 15_000, 'it has ended after 10 s and a little', now() - began)
    } finally {
      await stopping
      await lifecycle.start()
    }
    await expect.holds(stream, batch('a').records)
  }),
]

async function isRefused(ask: () => Promise<unknown>): Promise<true | undefined> {
  try {
    await ask()
    return undefined
  } catch (error) {
    if (error instanceof TargetError) return true
    throw error
  }
}
