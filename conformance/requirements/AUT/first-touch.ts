import type { Answer } from '../../../client/answer.ts'
import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { bounded } from '../READ/ladder.ts'
import { APPENDERS, READERS } from '../transports.ts'

export const firstTouch: readonly Requirement[] = [
  requirement(
    'AUT-008',
    'Concurrent auto-creation',
    { needs: ['basins'], on: APPENDERS },
    async ({ newBasin, newStreamName, expect, transport, record: note }) => {
      const basin = await newBasin({ create_stream_on_append: true })
      for (let round = 0; round < 5; round += 1) {
        const stream = basin.stream(newStreamName(), transport)
        const answers = await Promise.all(
          Array.from({ length: 16 }, (_, index) => stream.append(batch(`${index}`))),
        )
        const refused = answers.filter(({ status }) => status !== 200)
        note(`${refused.length} of 16 first appends refused`)
        for (const answer of refused) expect.refused(answer, 409, 'transaction_conflict')

        const starts = answers.flatMap(({ value }) => (value === undefined ? [] : [value.start.seqNum]))
        expect.that(starts.length > 0, 'one of them at least succeeds', starts.length)
        const inOrder = starts.toSorted((left, right) => Number(left - right))
        expect.equal(
          inOrder,
          inOrder.map((_, index) => BigInt(index)),
          'their numbers',
        )
        expect.equal(expect.ok(await stream.checkTail()).seqNum, BigInt(starts.length), 'tail.seq_num')
        const { streams } = expect.ok(await basin.listStreams({ prefix: stream.name }))
        expect.equal(streams.filter(({ name }) => name === stream.name).length, 1, 'streams of that name')
      }
    },
  ),

  requirement('AUT-021', 'First touches in parallel', { needs: ['basins'], on: READERS }, async (context) => {
    const { newBasin, newStream, newStreamName, transport } = context
    const creating = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    for (let round = 0; round < 4; round += 1) {
      await expectTouched(context, await newStream())
      const unknown = creating.stream(newStreamName(), transport)
      const several = [
        unknown,
        ...Array.from({ length: 3 }, () => creating.stream(newStreamName(), transport)),
      ]
      await Promise.all(several.map((stream) => expectTouched(context, stream)))
    }
  }),
]

const JUSTIFIED = [
  [404, 'stream_not_found'],
  [409, 'transaction_conflict'],
  [416, undefined],
] as const

/** Append, read and check-tail at once, eight requests in all. */
function touch(stream: StreamClient): Promise<readonly Answer<unknown>[]> {
  const range = bounded(stream.transport, { seqNum: 0n })
  return Promise.all([
    stream.append(batch('a')),
    stream.read(range),
    stream.checkTail(),
    stream.append(batch('b')),
    stream.read(range),
    stream.checkTail(),
    stream.append(batch('c')),
    stream.read(range),
  ])
}

async function expectTouched({ expect }: CheckContext, stream: StreamClient): Promise<void> {
  const answers = await touch(stream)
  for (const answer of answers) {
    const outcome = JUSTIFIED.find(
      ([status, code]) => status === answer.status && code === answer.error?.code,
    )
    expect.that(
      answer.status === 200 || outcome !== undefined,
      'a first touch succeeds or has a reason not to',
      [answer.status, answer.error?.code],
    )
  }
  const appended = answers.filter((_, index) => index % 3 === 0 && answers[index]?.status === 200).length
  expect.equal(expect.ok(await stream.checkTail()).seqNum, BigInt(appended), 'tail after the first touches')
  expect.equal(expect.ok(await stream.append(batch('d'))).start.seqNum, BigInt(appended), 'the next number')
}
