import { batch, trim } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const trimRows: readonly Requirement[] = [
  onStream('DUR-005', 'Trim after crash', { needs: ['restart'], seconds: 61 }, async (context) => {
    // Killed as soon as the trim is acknowledged; what it removes goes all the same, and nothing that it keeps.
    const { stream, lifecycle, expect, eventually } = context
    expect.ok(await stream.append(batch('a', 'b', 'c')))
    const ack = expect.ok(await stream.append({ records: [trim(2n)] }))
    expect.equal(ack.end.seqNum, 4n, 'end.seq_num of the trim')
    await lifecycle.kill()
    await lifecycle.start()
    const first = await eventually('the records below the trim point are gone', 120, async () => {
      const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 4n }))
      return records[0]?.seqNum === 0n || records[0]?.seqNum === 1n ? undefined : records
    })
    expect.equal(
      first.map(({ seqNum }) => seqNum),
      [2n, 3n],
      'numbers of what is left',
    )
    await lifecycle.kill()
    await lifecycle.start()
    const again = expect.ok(await stream.read({ seqNum: 0n, count: 4n })).records
    expect.equal(again[0]?.seqNum, 2n, 'number of the first record after a further kill')
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 4n, 'tail.seq_num')
  }),
]
