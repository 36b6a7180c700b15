import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import { InconclusiveError } from '../../../client/failures.ts'
import { batch, fence, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { GOING } from '../during-deletion.ts'
import { createAgain } from './removal.ts'

/** Removal runs in the background, and reads may see the record until then. */
const EXPIRY_SECONDS = 120

const WATCH_SECONDS = 130

export const retention: readonly Requirement[] = [
  requirement('AUT-014', 'Retention by age', { seconds: EXPIRY_SECONDS }, async (context) => {
    const { newStream, expect, eventually } = context
    const kept = await newStream({ retention_policy: { infinite: {} } })
    const aging = await newStream({ retention_policy: { age: 1 } })
    for (const stream of [kept, aging]) expect.ok(await stream.append(batch('a', 'b')))

    await eventually('records older than their age are gone', EXPIRY_SECONDS, async () => {
      // Another stream is written meanwhile, in case the target cleans up only as it writes.
      expect.ok(await kept.append(batch('traffic')))
      const { records } = expect.ok(await aging.read({ seqNum: 0n }))
      return records.length === 0 ? true : undefined
    })
    expect.equal(expect.ok(await aging.checkTail()).seqNum, 2n, 'tail.seq_num')
    expect.equal(expect.ok(await aging.append(batch('c'))).start.seqNum, 2n, 'number of the next record')
    expect.records(expect.ok(await kept.read({ seqNum: 0n, count: 2n })).records, 0n, [
      record('a'),
      record('b'),
    ])
  }),

  requirement('AUT-015', 'Young records are retained', { seconds: 5 }, async (context) => {
    const { newStream, expect, now, sleep } = context
    const stream = await newStream({ retention_policy: { age: 60 } })
    // Old by its timestamp, young by its age.
    const sent = [record('a', { timestamp: 1000n }), record('b')]
    expect.ok(await stream.append({ records: sent }))
    const appended = now()
    while (now() - appended < 5000) {
      const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 2n }))
      expect.records(records, 0n, sent)
      await sleep(500)
    }
  }),

  requirement('AUT-017', 'Command records count as records', { seconds: WATCH_SECONDS }, async (context) => {
    const { newStream, expect, sleep } = context
    // Long enough that the fence comes in time.
    const config: StreamConfigBody = {
      delete_on_empty: { min_age_secs: 20 },
      retention_policy: { infinite: {} },
    }
    const [stream, empty] = [await newStream(config), await newStream(config)]
    expect.ok(await stream.append({ records: [fence('mine')] }))
    await sleep(WATCH_SECONDS * 1000)
    const beside = await empty.checkTail()
    if (beside.status === 200)
      throw new InconclusiveError('the empty stream beside it was not deleted either')
    expect.refusedAs(beside, GOING)
    expect.records(expect.ok(await stream.read({ seqNum: 0n })).records, 0n, [fence('mine')])
    const ack = await stream.append({ ...batch('next'), fencingToken: 'mine' })
    expect.equal(expect.ok(ack).start.seqNum, 1n, 'number of the next record')
  }),

  requirement(
    'AUT-022',
    'A re-created stream is a new stream and stays',
    { seconds: WATCH_SECONDS },
    async (context) => {
      const { basin, newStream, expect, now, sleep } = context
      const stream = await newStream({ retention_policy: { age: 3600 } })
      expect.ok(await stream.append({ records: [...batch('old', 'old', 'old').records, fence('old')] }))
      expect.status(await basin.deleteStream(stream.name), 202)
      await createAgain(context, basin, stream.name, { retention_policy: { age: 86_400 } })

      const sent = [record('new', { timestamp: 7n }), fence('new', 8n)]
      expect.ok(await stream.append({ records: sent }))
      const created = now()
      while (now() - created < WATCH_SECONDS * 1000) {
        await sleep(5000)
        expect.records(expect.ok(await stream.read({ seqNum: 0n })).records, 0n, sent)
        expect.equal(expect.ok(await stream.checkTail()), { seqNum: 2n, timestamp: 8n }, 'tail')
        const { retention_policy: policy } = expect.ok(await basin.getStreamConfig(stream.name))
        expect.equal(policy, { age: 86_400n }, 'retention_policy')
        const fenced = await stream.append({ ...batch('x'), fencingToken: 'old' })
        expect.refused(fenced, 412, { fencing_token_mismatch: 'new' })
      }
    },
  ),
]
