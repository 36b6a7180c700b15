import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

const ROUNDS = 3

export const tail: readonly Requirement[] = [
  onStream('DUR-004', 'Tail never goes back', { needs: ['restart'] }, async (context) => {
    // Each kind of answer that names a tail, the last before a kill; none may be higher than the tail after it.
    const { stream, lifecycle, expect } = context
    let told = 0n
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, tell } of TELLERS) {
        const tail = await tell(context, stream)
        // Nobody else appends, and two records come in each round.
        expect.equal(tail, BigInt(2 * (round + 1)), `the tail in ${name}`)
        told = tail
      }
      await lifecycle.kill()
      await lifecycle.start()
      const after = expect.ok(await stream.checkTail()).seqNum
      expect.equal(after, told, 'tail.seq_num after the kill')
    }
  }),
]

interface Teller {
  readonly name: string
  /** Asks, where it appends, with one record more. */
  readonly tell: (context: CheckContext, stream: StreamClient) => Promise<bigint>
}

const TELLERS: readonly Teller[] = [
  {
    name: 'an ack',
    tell: async ({ expect }, stream) => expect.ok(await stream.append(batch('x', 'y'))).tail.seqNum,
  },
  {
    name: 'check-tail',
    tell: async ({ expect }, stream) => expect.ok(await stream.checkTail()).seqNum,
  },
  {
    name: 'a 416',
    tell: async ({ expect }, stream) => {
      const refused = await stream.read({ seqNum: 1_000_000n })
      expect.status(refused, 416)
      return expect.present(refused.error?.tail, 'the tail of a 416').seqNum
    },
  },
  {
    name: 'a 412',
    tell: async ({ expect }, stream) => {
      const refused = await stream.append({ ...batch('x'), matchSeqNum: 1_000_000n })
      expect.status(refused, 412)
      return expect.present(refused.error?.seq_num_mismatch, 'the number of a 412')
    },
  },
]
