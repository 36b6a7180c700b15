import { batch, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import type { CheckContext } from '../../check/context.ts'
import { readAll } from '../../check/read-back.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { judgeCrash } from '../../durability/judge-crash.ts'
import { writeSessions } from '../../durability/session-writer.ts'
import { createSurvivor } from '../../durability/survivor.ts'
import { Witness } from '../../durability/witness.ts'
import type { Operation } from '../../history/operation.ts'
import { perform, seen } from '../../history/perform.ts'

export const instances: readonly Requirement[] = [
  requirement('DUR-008', 'Single writer after failover', { needs: ['restart', 'http2'] }, async (context) => {
    // Two on the same storage: the second does not come up, or from its first answer on the first one acknowledges nothing.
    const { newStream, lifecycle, expect } = context
    for (const paused of [false, true]) {
      const stream = await newStream()
      expect.ok(await stream.append(batch('before')))
      const second = await lifecycle.second()
      try {
        if (paused) await lifecycle.pause()
        const refused = await second.start()
        if (refused === undefined) {
          const rival = second.account.basin(context.basin.name).stream(stream.name)
          await expectFencedOff(context, { first: stream, second: rival, wake: () => lifecycle.continue() })
        } else {
          context.record(`the second did not start${paused ? ' beside a paused one' : ''}`)
          if (paused) await lifecycle.continue()
          await expectUnharmed(context, stream)
        }
      } finally {
        await lifecycle.continue()
        await second.dispose()
        // The first one may be fenced off for good.
        await lifecycle.kill()
        await lifecycle.start()
      }
    }
  }),
]

async function expectUnharmed(context: CheckContext, stream: StreamClient): Promise<void> {
  context.expect.ok(await stream.append(batch('after')))
  await context.expect.holds(stream, [record('before'), record('after')])
}

interface Rivals {
  readonly first: StreamClient
  readonly second: StreamClient
  /** Lets the first go on where it was paused. */
  wake(): Promise<void>
}

/** Both are written to at once; from the moment the second has acknowledged, the first one must not. */
async function expectFencedOff(context: CheckContext, { first, second, wake }: Rivals): Promise<void> {
  const { expect, now, random, sleep, record: note } = context
  const witness = new Witness(now)
  let goesOn = true
  const survivor = createSurvivor(
    () => goesOn,
    () => sleep(50),
  )
  const writers = [first, second].map((stream, client) =>
    writeSessions({ stream: stream.over('s2s'), witness, random, survivor, client, patienceSeconds: 5 }),
  )
  const ack = expect.ok(await second.append(batch('of the second')))
  const served = now()
  await wake()
  const late = await perform(first, { action: 'append', bodies: ['of the first'] })
  expect.that(late.outcome !== 'acked', 'no ack of the first one after an ack of the second', late)
  const tail = await perform(first, { action: 'check-tail' })
  if (tail.outcome === 'tail') {
    note(
      `the first still answers check-tail, ${tail.tail.seqNum < ack.tail.seqNum ? 'with an old tail' : 'rightly'}`,
    )
  }
  await witness.more('acked', 20)
  goesOn = false
  await Promise.all(writers)
  const lateAcks = witness.operations.filter(
    ({ client, called, got }) => client === 0 && called > served && got.outcome === 'acked',
  )
  expect.equal(lateAcks.length, 0, 'batches that the first one took and acknowledged after the second had')
  const log = (await readAll(context, second)).map(seen)
  const others = ['before', 'of the second', 'of the first'].map((body): Operation => unknown(body))
  judgeCrash(context, { operations: [...others, ...witness.operations], log }, true)
  note(howMany(witness.operations.length, 'batches of both in one history'))
}

/** Whether it is in the log has been judged before. */
const unknown = (body: string): Operation => ({
  id: 0,
  client: 9,
  called: 0,
  returned: Number.POSITIVE_INFINITY,
  did: { action: 'append', bodies: [body] },
  got: { outcome: 'unknown' },
})
