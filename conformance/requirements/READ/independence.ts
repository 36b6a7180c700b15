import type { Answer } from '../../../client/answer.ts'
import { batch, record } from '../../../client/records.ts'
import type { ReadQuery, ReadResult, StreamClient } from '../../../client/stream-client.ts'
import type { Position, SequencedRecord } from '../../../proto/types.ts'
import type { Expect } from '../../check/expect.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { READERS, SESSIONS } from '../transports.ts'
import { bounded, expectLadder, ladder, newLadder } from './ladder.ts'
import { expectCleanEnd, untilFollowing } from './sessions.ts'

export const independence: readonly Requirement[] = [
  requirement('READ-058', 'Concurrent readers are independent', { on: READERS }, async (context) => {
    const { expect, transport } = context
    const stream = await newLadder(context)
    const readers = Array.from({ length: 24 }, (_, index) => index % 10)
    const slow = await stream.over('s2s').openRead({ seqNum: 0n })
    await Promise.all(
      readers.map(async (first) => {
        const query = { seqNum: BigInt(first), count: BigInt(10 - first) }
        expectLadder(expect, await stream.read(bounded(transport, query)), first)
        expectLadder(expect, await stream.read({ ...query, count: 1n }), first, 1)
      }),
    )
    expect.records(await untilFollowing(expect, slow), 0n, ladder)
    slow.cancel()
  }),

  requirement(
    'READ-059',
    'Cancelling a read has no effect on the stream',
    { on: SESSIONS },
    async (context) => {
      const { expect } = context
      const stream = await newLadder(context)
      const staying = await stream.openRead({ seqNum: 0n })
      expect.records(await untilFollowing(expect, staying), 0n, ladder)
      for (let round = 0; round < 5; round += 1) {
        const unread = await stream.openRead({ seqNum: 0n })
        const following = await stream.openRead({ seqNum: 0n })
        expect.records(await untilFollowing(expect, following), 0n, ladder)
        unread.cancel()
        following.cancel()
      }
      expect.equal(expect.ok(await stream.checkTail()), { seqNum: 10n, timestamp: 1000n }, 'tail')
      expectLadder(expect, await stream.read({ seqNum: 0n, count: 10n }), 0)
      expect.equal(
        expect.ok(await stream.append(batch('next'))).start.seqNum,
        10n,
        'number of the next record',
      )
      expect.records(await staying.records(1), 10n, [record('next')])
      staying.cancel()
    },
  ),

  onStream('READ-067', 'Same result on every transport', { seconds: 1 }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: varied.slice(0, 3) }))
    expect.ok(await stream.append({ records: varied.slice(3) }))
    const outcomes = await Promise.all(
      agreedReads.map((query) =>
        Promise.all([
          ...READERS.map(async (transport) => outcomeOf(await stream.over(transport).read(query))),
          readEventsInBase64(expect, stream, query),
        ]),
      ),
    )
    expect.equal(
      outcomes.map(([first]) => first?.status),
      [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 416, 416, 416, 416, 422, 422],
      'statuses over json',
    )
    for (const [index, [overJson, ...others]] of outcomes.entries()) {
      for (const [other, outcome] of others.entries()) {
        const what = `query ${index} over ${READERS[other + 1] ?? 'sse in base64'}, as over json`
        expect.equal(outcome, expect.present(overJson, 'an outcome over json'), what)
      }
    }
    expect.records(outcomes[0]?.[0]?.records ?? [], 0n, varied)
  }),
]

/** UTF-8 throughout, so that raw reads lose nothing. */
const varied = [
  record('plain', { timestamp: 100n }),
  record('', { timestamp: 100n }),
  record('😀 é \u0000 "quoted" \\ \r\n\u2028', { timestamp: 200n }),
  record('body', {
    timestamp: 300n,
    headers: [
      ['name', 'value'],
      ['name', ''],
      ['é', '😀'],
    ],
  }),
  record('token', { timestamp: 300n, headers: [['', 'fence']] }),
  record('\u0000'.repeat(8), { timestamp: 400n, headers: [['', 'trim']] }),
  record('x'.repeat(3000), { timestamp: 1_000_000_000_000n }),
]

const agreedReads: readonly ReadQuery[] = [
  { seqNum: 0n, count: 100n },
  { seqNum: 3n, count: 2n },
  { seqNum: 2n, bytes: 40n },
  { seqNum: 0n, bytes: 12n },
  { seqNum: 0n, count: 0n },
  { seqNum: 0n, until: 300n },
  { timestamp: 201n, count: 100n },
  { timestamp: 300n, until: 301n },
  { tailOffset: 2n, count: 100n },
  { tailOffset: 99n, count: 6n, bytes: 90n, until: 400n },
  { seqNum: 9n, clamp: true, wait: 1, count: 1n },
  { seqNum: 6n, wait: 1, count: 5n },
  { seqNum: 7n, count: 1n },
  { seqNum: 8n, count: 1n },
  { count: 1n },
  { timestamp: 1_000_000_000_001n, count: 1n },
  { seqNum: 1n, tailOffset: 1n, count: 1n },
  { timestamp: 300n, until: 300n },
]

interface Outcome {
  readonly status: number
  readonly code: string | undefined
  readonly tail: Position | undefined
  readonly records: readonly SequencedRecord[] | undefined
}

type Judged = Pick<Answer<Pick<ReadResult, 'records'>>, 'status' | 'value' | 'error'>

const outcomeOf = ({ status, value, error }: Judged): Outcome => ({
  status,
  code: error?.code,
  tail: error?.tail,
  records: value?.records,
})

async function readEventsInBase64(expect: Expect, stream: StreamClient, query: ReadQuery): Promise<Outcome> {
  const { status, value, error } = await stream.over('base64').openReadAnswer(query)
  if (value === undefined) return outcomeOf({ status, value, error })
  return outcomeOf({ status, error, value: { records: expectCleanEnd(expect, await value.rest()) } })
}
