import { expect, test } from 'vitest'
import type { ReadSession } from '../../client/stream-client.ts'
import type { SequencedRecord } from '../../proto/types.ts'
import { catchUp } from './follower.ts'
import { FRESH, type Oracle } from './oracle.ts'

const recordAt = (seqNum: bigint, timestamp: bigint): SequencedRecord => ({
  seqNum,
  timestamp,
  headers: [],
  body: new Uint8Array(0),
})

/** Three records; the second was trimmed before anything showed when it arrived. */
const oracle: Oracle = {
  ...FRESH,
  state: { ...FRESH.state, trimPoint: 2n },
  records: [recordAt(0n, 5n), recordAt(1n, 999n), recordAt(2n, 1000n)],
  assumed: [1n],
}

async function delivered(...records: readonly SequencedRecord[]): Promise<readonly SequencedRecord[]> {
  const session: Pick<ReadSession, 'next'> = {
    next: () => Promise.resolve({ kind: 'batch', batch: { records }, id: undefined }),
  }
  return await catchUp(
    {
      stream: 0,
      session: session as ReadSession,
      transport: 'json',
      point: { from: 'seq-num', seqNum: 0n },
      next: 0n,
    },
    oracle,
  )
}

test('a trimmed record that a follower is still given may have arrived at another time than assumed', async () => {
  const records = [recordAt(0n, 5n), recordAt(1n, 900n), recordAt(2n, 1000n)]
  expect(await delivered(...records)).toEqual(records)
})

test('every other timestamp is compared', async () => {
  await expect(delivered(recordAt(0n, 5n), recordAt(1n, 900n), recordAt(2n, 1001n))).rejects.toThrow(
    '2 among',
  )
})
