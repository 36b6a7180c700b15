import type { Answer } from '../../../client/answer.ts'
import { InconclusiveError } from '../../../client/failures.ts'
import { batch } from '../../../client/records.ts'
import type { AppendSession, StreamClient } from '../../../client/stream-client.ts'
import type { AppendAck } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import { overlap, type Timed, timed } from '../../check/overlap.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { GOING } from '../during-deletion.ts'
import { expectAcksInOrder, nextAcks } from '../S2S/session.ts'
import { APPENDERS } from '../transports.ts'

export const deletedStreams: readonly Requirement[] = [
  onStream('APP-058', 'Append to a stream being deleted', { on: APPENDERS }, async (context) => {
    const { stream, basin, expect } = context
    expect.ok(await stream.append(batch('a')))
    const session = await stream.openAppend()
    await session.send(batch('b'))
    expectAcksInOrder(expect, await nextAcks(expect, session, 1), [batch('b')], 1n)
    expect.status(await basin.deleteStream(stream.name), 202)
    for (const attempt of ['first', 'second']) {
      expect.refusedAs(await stream.append(batch(attempt)), GOING)
      expect.refusedAs(await stream.append({ ...batch(attempt), matchSeqNum: 2n }), GOING)
    }
    await session.send(batch('c'))
    // The stream's handler may be gone before the session hears of it.
    expect.refusedAs(await session.next(), [...GOING, [503, 'unavailable']])
  }),

  onStream('APP-063', 'Appends racing with the deletion of their stream', async (context) => {
    const { stream, basin, expect } = context
    const appended: Timed<unknown>[] = []
    const afterTwenty = Promise.withResolvers<void>()
    const count = (attempt: Timed<unknown>): void => {
      appended.push(attempt)
      if (appended.length >= 20) afterTwenty.resolve()
    }
    const unary = (['json', 'protobuf', 's2s'] as const).map((transport) => stream.over(transport))
    // Open before anybody appends, since a deleted stream opens none.
    const sessions = [await stream.over('s2s').openAppend(), await stream.over('s2s-http1').openAppend()]
    const appends: readonly Append[] = [
      ...unary.map((over) => () => over.append(batch('unary'))),
      ...sessions.map((session) => appendIn(session, stream.over('s2s'))),
    ]
    const clients = appends.map((append, client) => appendUntilRefused(context, client, count, append))
    // Where the first appends are refused, the clients end before there were twenty.
    const begin = Promise.race([afterTwenty.promise, Promise.allSettled(clients)])
    const deletion = begin.then(() => timed(context, -1, () => basin.deleteStream(stream.name)))
    const [deleted] = await Promise.all([deletion, ...clients])
    expect.status(deleted.value, 202)
    if (!appended.some((attempt) => overlap(attempt, deleted))) {
      throw new InconclusiveError('no append was under way while the stream was deleted')
    }
  }),
]

type Append = () => Promise<Answer<AppendAck>>

/** Successes, then the refusal, after which nothing succeeds any more. */
async function appendUntilRefused(
  context: CheckContext,
  client: number,
  count: (attempt: Timed<unknown>) => void,
  append: Append,
): Promise<void> {
  const attempt = async (): Promise<Answer<AppendAck>> => {
    const one = await timed(context, client, append)
    count(one)
    return one.value
  }
  let answer = await attempt()
  while (answer.status === 200) answer = await attempt()
  context.expect.refusedAs(answer, GOING)
  for (const again of [await attempt(), await attempt()]) context.expect.refusedAs(again, GOING)
}

/** Appends in the session as long as that lives, and in others afterwards. */
function appendIn(session: AppendSession, stream: StreamClient): Append {
  let ended = false
  return async () => {
    if (ended) return await stream.append(batch('after the session'))
    await session.send(batch('session'))
    const answer = await session.next()
    ended = answer.status !== 200
    return answer
  }
}
