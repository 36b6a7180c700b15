import { batch, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { READERS, SESSIONS } from '../transports.ts'
import { bounded, ladder, newLadder } from './ladder.ts'
import { expectCleanEnd, untilFollowing } from './sessions.ts'
import { measured } from './waiting.ts'

const IDLE_SECONDS = 65

export const idle: readonly Requirement[] = [
  requirement(
    'READ-052',
    'Heartbeats do not restart the wait',
    { on: READERS, seconds: 20 },
    async (context) => {
      const { expect, transport } = context
      const stream = await newLadder(context)
      const { value, ms } = await measured(
        context,
        stream.read(bounded(transport, { seqNum: 10n, wait: 20 })),
      )
      expect.equal(expect.ok(value).records, [], 'records')
      expect.that(ms >= 19_500, 'the wait of 20 s is not cut short by a heartbeat', ms)
      // Heartbeats come more often than every 20 s: a wait that they restarted would never end.
      expect.that(ms < 40_000, 'the wait of 20 s ends in spite of heartbeats', ms)
    },
  ),

  requirement(
    'READ-056',
    'Idle followers stay connected',
    { on: SESSIONS, seconds: IDLE_SECONDS },
    async (context) => {
      const { expect, sleep, newStream } = context
      const stream = await newLadder(context)
      const empty = await newStream()
      const behind = await stream.openRead({ seqNum: 0n })
      const bounding = await stream.openRead({ seqNum: 10n, count: 2n, wait: 300 })
      const fromEmpty = await empty.openRead({})
      expect.records(await untilFollowing(expect, behind), 0n, ladder)

      await sleep(IDLE_SECONDS * 1000)
      for (const idle of [stream, empty]) expect.ok(await idle.append(batch('a', 'b')))
      const sent = [record('a'), record('b')]
      expect.records(await behind.records(2), 10n, sent)
      expect.records(expectCleanEnd(expect, await bounding.rest()), 10n, sent)
      expect.records(await fromEmpty.records(2), 0n, sent)
      behind.cancel()
      fromEmpty.cancel()
    },
  ),
]
