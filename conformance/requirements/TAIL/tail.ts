import { fence, record, trim } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const tail: readonly Requirement[] = [
  requirement('TAIL-001', 'Result', async ({ newStream, expect }) => {
    const stream = await newStream({ timestamping: { mode: 'client-require' } })
    expect.ok(
      await stream.append({ records: [record('a', { timestamp: 7n }), record('b', { timestamp: 9n })] }),
    )
    const answer = await stream.raw({ method: 'GET', path: `${stream.recordsPath}/tail` })
    expect.equal(expect.ok(answer), { tail: { seq_num: 2n, timestamp: 9n } }, 'the body')
    expect.header(answer, 'content-type', /^application\/json\b/)
  }),

  onStream('TAIL-002', 'Empty stream', async ({ stream, expect }) => {
    expect.equal(
      expect.ok(await stream.checkTail()),
      { seqNum: 0n, timestamp: 0n },
      'tail of an empty stream',
    )
  }),

  requirement('TAIL-003', 'After appends', { on: APPENDERS }, async ({ newStream, expect }) => {
    const stream = await newStream({ timestamping: { mode: 'client-require' } })
    const at = (timestamp: bigint) => record('x', { timestamp })
    const steps = [
      [[at(100n)], 1n, 100n],
      [[at(100n), at(250n), at(250n)], 4n, 250n],
      [[fence('writer', 300n)], 5n, 300n],
      [[trim(3n, 400n), at(500n)], 7n, 500n],
    ] as const
    for (const [records, seqNum, timestamp] of steps) {
      const ack = expect.ok(await stream.append({ records }))
      expect.equal(ack.tail, { seqNum, timestamp }, 'tail in the ack')
      expect.equal(expect.ok(await stream.checkTail()), { seqNum, timestamp }, 'tail after the append')
    }
  }),
]
