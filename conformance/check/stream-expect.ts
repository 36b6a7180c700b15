import type { ReadQuery, StreamClient } from '../../client/stream-client.ts'
import type { AppendRecord, SequencedRecord } from '../../proto/types.ts'
import type { Expect } from './expect.ts'
import { readAll } from './read-back.ts'

/** The `eventually` of a context. */
export type Eventually = <T>(
  what: string,
  seconds: number,
  attempt: () => Promise<T | undefined>,
) => Promise<T>

/** Judgements of a whole stream: each sends the requests that it takes. */
export interface StreamExpect {
  /** Check-tail says that the next record gets this number. */
  tail(stream: StreamClient, seqNum: bigint): Promise<void>
  /** Check-tail and a read from 0 agree that the stream holds these records and no others; returns them. */
  holds(stream: StreamClient, sent: readonly AppendRecord[]): Promise<readonly SequencedRecord[]>
  /** Waits until reads from 0 begin with `seqNum`, and fails at once when they begin behind it. */
  trimmedTo(stream: StreamClient, seqNum: bigint): Promise<SequencedRecord>
  /** Waits until no record is left. With a `wait` the read is accepted on every server (CMD-023, CMD-024). */
  emptied(stream: StreamClient): Promise<void>
  /** Reads from the first record that is left, which must be number `from`: these records and no others, without a hole. */
  kept(stream: StreamClient, from: bigint, sent: readonly AppendRecord[]): Promise<void>
}

/** Removal may lag behind the trim (CMD-020), as long as a check may take. */
const TRIM_SECONDS = 40

const FIRST: ReadQuery = { seqNum: 0n, count: 1n }

export const createStreamExpect = (expect: Expect, eventually: Eventually): StreamExpect => ({
  async tail(stream, seqNum) {
    expect.equal(expect.ok(await stream.checkTail()).seqNum, seqNum, 'tail.seq_num')
  },
  async holds(stream, sent) {
    return expect.records(await readAll({ expect }, stream), 0n, sent)
  },
  async trimmedTo(stream, seqNum) {
    return await eventually(`the first record is number ${seqNum}`, TRIM_SECONDS, async () => {
      const { records } = expect.ok(await stream.read(FIRST))
      const first = records[0]
      const removedTooMuch = first === undefined || first.seqNum > seqNum
      expect.that(!removedTooMuch, `record ${seqNum} is kept`, first?.seqNum ?? 'no record')
      return first?.seqNum === seqNum ? first : undefined
    })
  },
  async emptied(stream) {
    await eventually('every record is removed', TRIM_SECONDS, async () => {
      const { records } = expect.ok(await stream.over('protobuf').read({ ...FIRST, wait: 1 }))
      return records.length === 0 ? true : undefined
    })
  },
  async kept(stream, from, sent) {
    const { records } = expect.ok(await stream.read({ seqNum: 0n, count: BigInt(sent.length + 1) }))
    expect.records(records, from, sent)
  },
})
