import { batch, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { TargetError } from '../../../client/target-error.ts'
import type { CheckContext } from '../../check/context.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

/** Longer than the tick of a minute with which s2-lite does what is left of a deletion. */
const WATCH_MS = 65_000

export const killWhileDeleting: readonly Requirement[] = [
  onStream('DUR-014', 'Kill during deletion', { needs: ['restart'], seconds: 66 }, async (context) => {
    // Killed with the DELETE under way; from then on the name is one stream or the other, and what is acknowledged stays.
    const { stream, basin, lifecycle, now, expect } = context
    expect.ok(await stream.append(batch('a', 'b')))
    const told = basin.deleteStream(stream.name).then(
      ({ status }) => `was answered with ${status}`,
      (error: unknown) => {
        if (error instanceof TargetError) return 'got no answer'
        throw error
      },
    )
    await lifecycle.kill()
    await lifecycle.start()
    const begun = now()
    context.record(`the deletion ${await told}`)
    const kept = await expectAliveOrRefused(context, stream)
    await context.eventually('the name can be used again', WATCH_MS / 1000 + 30, async () => {
      const { status } = await basin.ensureStream(stream.name)
      return status === 200 || status === 201 || status === 204 ? true : undefined
    })
    const alive = (await stream.checkTail()).value?.seqNum
    expect.that(alive === 0n || (alive === 2n && kept), 'a tail of 0, or the one of the old stream', alive)
    expect.ok(await stream.append(batch('c')))
    const all = [...(alive === 2n ? [record('a'), record('b')] : []), record('c')]
    while (now() - begun < WATCH_MS) {
      await expect.holds(stream, all)
      await context.sleep(1000)
    }
  }),
]

/** Whether the stream is alive with all that it had. */
async function expectAliveOrRefused({ expect }: CheckContext, stream: StreamClient): Promise<boolean> {
  const tail = await stream.checkTail()
  if (tail.status === 200) {
    expect.equal(expect.ok(tail).seqNum, 2n, 'tail.seq_num of a stream that is alive')
    return true
  }
  expect.refusedAs(tail, [
    [404, 'stream_not_found'],
    [409, 'stream_deletion_pending'],
  ])
  return false
}
