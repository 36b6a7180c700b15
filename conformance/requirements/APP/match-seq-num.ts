import { batch } from '../../../client/records.ts'
import { inputFrames } from '../../by-hand/frames.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS, FRAMES } from '../transports.ts'

export const matchSeqNumRows: readonly Requirement[] = [
  onStream('APP-011', 'match_seq_num success', { on: APPENDERS }, async ({ stream, expect }) => {
    const batches = [batch('a', 'b'), batch('c'), batch('d', 'e', 'f'), batch('g')]
    for (const [index, next] of [0n, 2n, 3n, 6n].entries()) {
      const input = { ...expect.present(batches[index], 'a batch'), matchSeqNum: next }
      expect.equal(expect.ok(await stream.append(input)).start.seqNum, next, 'start.seq_num')
    }
    await expect.holds(
      stream,
      batches.flatMap(({ records }) => records),
    )
  }),

  onStream('APP-012', 'match_seq_num = 0 is a value', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.equal(
      expect.ok(await stream.append({ ...batch('a'), matchSeqNum: 0n })).start.seqNum,
      0n,
      'start.seq_num',
    )
    expect.refused(await stream.append({ ...batch('b'), matchSeqNum: 0n }), 412, { seq_num_mismatch: 1n })
    await expect.holds(stream, batch('a').records)
  }),

  onStream('APP-013', 'match_seq_num mismatch', { on: APPENDERS }, async ({ stream, expect }) => {
    for (const wrong of [1n, MAX]) {
      expect.refused(await stream.append({ ...batch('x'), matchSeqNum: wrong }), 412, {
        seq_num_mismatch: 0n,
      })
    }
    await expect.tail(stream, 0n)
    expect.ok(await stream.append(batch('a', 'b')))
    for (const wrong of [0n, 1n, 3n, 2n ** 32n + 2n, 2n ** 53n + 1n, 2n ** 63n, MAX]) {
      expect.refused(await stream.append({ ...batch('x'), matchSeqNum: wrong }), 412, {
        seq_num_mismatch: 2n,
      })
    }
    await expect.holds(stream, batch('a', 'b').records)
  }),

  onStream(
    'APP-022',
    'Conditions are checked against sequenced, not only durable, state',
    { on: FRAMES },
    async ({ stream, expect }) => {
      expect.ok(await stream.append(batch('before')))

      const right = await stream.openAppend()
      await right.sendBytes(inputFrames(batch('a', 'b'), { ...batch('c'), matchSeqNum: 3n }))
      expect.equal(expect.ok(await right.next()).start.seqNum, 1n, 'start of the first batch')
      expect.equal(expect.ok(await right.next()).start.seqNum, 3n, 'start of the batch that named its number')
      right.closeSending()

      const stale = await stream.openAppend()
      await stale.sendBytes(inputFrames(batch('d', 'e'), { ...batch('x'), matchSeqNum: 4n }))
      expect.equal(expect.ok(await stale.next()).start.seqNum, 4n, 'start of the batch before')
      expect.refused(await stale.next(), 412, { seq_num_mismatch: 6n })
      await expect.holds(stream, batch('before', 'a', 'b', 'c', 'd', 'e').records)
    },
  ),
]

const MAX = 2n ** 64n - 1n
