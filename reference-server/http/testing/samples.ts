import type { AppendAck, Position, SequencedRecord } from '../../../proto/types.ts'
import type { Backend, ReadOutput, StreamAddress } from '../../backend/backend.ts'
import { addressOf } from '../../testing/test-backend.ts'

/** A stream that is there, and the path of its records. */
export const address: StreamAddress = addressOf('basin-1-x', 'a-stream')
export const url = '/v1/streams/a-stream/records'
export const tail: Position = { seqNum: 5n, timestamp: 9n }

/** The largest 64-bit number, and the first that a JavaScript number cannot hold, so that rounding shows. */
export const ack: AppendAck = {
  start: { seqNum: 9_007_199_254_740_993n, timestamp: 5n },
  end: { seqNum: 9_007_199_254_740_994n, timestamp: 5n },
  tail: { seqNum: 18_446_744_073_709_551_615n, timestamp: 6n },
}

export const ackJson: string =
  '{"start":{"seq_num":9007199254740993,"timestamp":5},"end":{"seq_num":9007199254740994,"timestamp":5},' +
  '"tail":{"seq_num":18446744073709551615,"timestamp":6}}'

export const record = (seqNum: bigint, body: string | Uint8Array = `${seqNum}`): SequencedRecord => ({
  seqNum,
  timestamp: 7n,
  headers: [],
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
})

/** What a read delivers before it ends. */
export async function* delivered(...outputs: readonly ReadOutput[]): AsyncGenerator<ReadOutput> {
  yield* outputs
}

export const batch = (seqNums: readonly bigint[], tail?: Position): ReadOutput => ({
  kind: 'batch',
  records: seqNums.map((seqNum) => record(seqNum)),
  tail,
})

export const heartbeat = (tail: Position): ReadOutput => ({ kind: 'heartbeat', tail })

/** A backend whose reads deliver this. */
export const reading = (...outputs: readonly ReadOutput[]): Partial<Backend> => ({
  openRead: async () => delivered(...outputs),
})
