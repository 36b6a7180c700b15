import type { Answer } from '../../../client/answer.ts'
import type { BasinClient } from '../../../client/basin-client.ts'
import { batch } from '../../../client/records.ts'
import type { CheckContext } from '../../check/context.ts'
import { demandOverlap, type Timed, timed } from '../../check/overlap.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { streamInfo } from '../during-deletion.ts'

const ROUNDS = 4

/** Lost a race with another request; the stream may or may not be there. */
const SAYS_NOTHING: readonly (string | undefined)[] = ['transaction_conflict', 'stream_not_found']

export const concurrency: readonly Requirement[] = [
  requirement('CP-STR-032', 'Existence is visible at once', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    const all: Timed<unknown>[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = newStreamName()
      const stream = basin.stream(name)
      const ensure = (): Promise<Answer<unknown>> => basin.ensureStream(name)
      const asks: readonly (() => Promise<Answer<unknown>>)[] = [
        () => basin.createStream(name),
        ensure,
        () => basin.createStream(name),
        () => stream.append(batch('a')),
        ensure,
        () => stream.checkTail(),
        () => basin.createStream(name, {}, { requestToken: 'mine' }),
        () => stream.over('s2s').append(batch('b')),
      ]
      const claims = asks.map(async (ask, client) => {
        const attempt = await timed(context, client + 10 * round, ask)
        all.push(attempt)
        if (SAYS_NOTHING.includes(attempt.value.error?.code)) return false
        if (ask === ensure) expectEnsured(context, attempt.value)
        await expectVisible(context, basin, name, attempt.value)
        return true
      })
      expect.that((await Promise.all(claims)).includes(true), 'somebody is told that the stream exists', name)
    }
    demandOverlap(context, all)
  }),
]

/** An ensure that makes the stream says so twice, and so does one that finds it. */
function expectEnsured({ expect }: CheckContext, { status, headers }: Answer<unknown>): void {
  const result = headers['s2-provision-result'] ?? 'none'
  const isEnsured = (status === 201 && result === 'created') || (status === 200 && result === 'noop')
  expect.that(isEnsured, 'an ensure that is 201 and created, or 200 and noop', `${status} and ${result}`)
}

/** Whoever was told that the stream exists finds it at once, by whatever asks for it. */
async function expectVisible(
  context: CheckContext,
  basin: BasinClient,
  name: string,
  told: Answer<unknown>,
): Promise<void> {
  const { expect } = context
  if (told.status !== 200 && told.status !== 201) expect.refused(told, 409, 'resource_already_exists')
  const stream = basin.stream(name)
  const [config, info, tail, read, append] = await Promise.all([
    basin.getStreamConfig(name),
    streamInfo(context, basin, name),
    stream.checkTail(),
    stream.read({ seqNum: 0n }),
    stream.append(batch('c')),
  ])
  for (const answer of [config, tail, append]) expect.status(answer, 200)
  expect.status(read, 200, 416)
  expect.equal(info?.name, name, 'name in the listing')
}
