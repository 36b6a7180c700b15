import { batch, fence, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { DELETION_SECONDS, GOING } from '../during-deletion.ts'
import { bounded, ladder, newLadder } from '../READ/ladder.ts'
import { recordsOf, untilFollowing } from '../READ/sessions.ts'
import { APPENDERS, READERS, SESSIONS } from '../transports.ts'
import { createAgain } from './removal.ts'

export const deletedStreams: readonly Requirement[] = [
  requirement('AUT-009', 'Append to a deleted stream', { on: READERS }, async (context) => {
    const { basin, expect, eventually, transport } = context
    const stream = await newLadder(context)
    expect.status(await basin.deleteStream(stream.name), 202)
    const touch = async () => [
      await stream.append(batch('late')),
      await stream.read(bounded(transport, { seqNum: 0n })),
      await stream.checkTail(),
      await stream.append({ ...batch('late'), matchSeqNum: 10n }),
      await stream.openReadAnswer({ seqNum: 0n }),
    ]
    for (const answer of await touch()) expect.refusedAs(answer, GOING)
    await eventually('the stream is gone', DELETION_SECONDS, async () => {
      const { status } = await stream.checkTail()
      return status === 404 ? true : undefined
    })
    for (const answer of await touch()) expect.refused(answer, 404, 'stream_not_found')
  }),

  requirement('AUT-010', 'Re-created stream starts from zero', { on: APPENDERS }, async (context) => {
    const { basin, expect } = context
    const stream = await newLadder(context)
    expect.ok(await stream.append({ records: [fence('mine', 5000n)] }))
    expect.status(await basin.deleteStream(stream.name), 202)
    await createAgain(context, basin, stream.name)

    const empty = { seqNum: 0n, timestamp: 0n }
    expect.equal(expect.ok(await stream.checkTail()), empty, 'tail')
    expect.refused(await stream.read({ seqNum: 0n, count: 1n }), 416, { tail: empty })
    expect.refused(await stream.append({ ...batch('x'), fencingToken: 'mine' }), 412, {
      fencing_token_mismatch: '',
    })
    const sent = [record('new', { timestamp: 1n })]
    const ack = expect.ok(await stream.append({ records: sent, fencingToken: '', matchSeqNum: 0n }))
    expect.equal(ack.start, { seqNum: 0n, timestamp: 1n }, 'start of the first append')
    expect.records(expect.ok(await stream.read({ seqNum: 0n, count: 100n })).records, 0n, sent)
  }),

  requirement('AUT-011', 'Delete during sessions', { needs: ['http2'], on: SESSIONS }, async (context) => {
    const { basin, expect, record: note } = context
    const stream = await newLadder(context)
    const follower = await stream.openRead({ seqNum: 0n })
    expect.records(await untilFollowing(expect, follower), 0n, ladder)
    const appending = await stream.over('s2s').openAppend()
    await appending.send(batch('before'))
    expect.equal(expect.ok(await appending.next()).start.seqNum, 10n, 'number of the record')

    expect.status(await basin.deleteStream(stream.name), 202)
    await appending.send(batch('after'))
    expect.refusedAs(await appending.next(), [...GOING, [503, 'unavailable']])
    const events = await follower.rest(40)
    const last = events.at(-1)
    note(last?.kind === 'error' ? `the follower ended with ${last.answer.error?.code}` : 'the follower ended')
    const [first, ...others] = recordsOf(events)
    expect.records(first === undefined ? [] : [first], 10n, [record('before')])
    const numbers = others.map(({ seqNum }) => seqNum)
    expect.equal(numbers, [11n].slice(0, others.length), 'what came after it is a marker at most')
  }),

  requirement('AUT-012', 'Basin being deleted', { needs: ['basins'], on: APPENDERS }, async (context) => {
    const { account, newBasin, newStreamName, expect, transport, record: note } = context
    const basin = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    const existing = basin.stream(newStreamName(), transport)
    expect.ok(await existing.append(batch('a')))
    expect.status(await account.deleteBasin(basin.name), 202)

    const allowed = [
      [409, 'basin_deletion_pending'],
      [404, 'basin_not_found'],
    ] as const
    expect.refusedAs(await basin.createStream(newStreamName()), allowed)
    expect.refusedAs(await basin.stream(newStreamName(), transport).append(batch('a')), allowed)
    expect.refusedAs(await basin.stream(newStreamName(), transport).checkTail(), allowed)
    const answer = await existing.read({ seqNum: 0n, count: 1n })
    expect.status(answer, 200, 409, 404)
    note(`a stream that was there answered ${answer.status}`)
  }),
]
