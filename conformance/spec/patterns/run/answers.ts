import assert from 'node:assert/strict'
import type { Answer, ErrorBody } from '../../../../client/answer.ts'
import type { ReadSession } from '../../../../client/stream-client.ts'
import type { SequencedRecord } from '../../../../proto/types.ts'

/** The value of an answer that must be a success. */
export async function accepted<Value>(promise: Promise<Answer<Value>>): Promise<Value> {
  const { status, value, error } = await promise
  assert(value !== undefined, `expected a success, actual ${status} ${error?.code ?? ''}`)
  return value
}

/** The error of an answer that must have this status. */
export async function refused(status: number, promise: Promise<Answer<unknown>>): Promise<ErrorBody> {
  const answer = await promise
  assert.equal(answer.status, status)
  assert(answer.error !== undefined)
  return answer.error
}

export const textOf = ({ body }: Pick<SequencedRecord, 'body'>): string => Buffer.from(body).toString('utf8')

export const textsOf = (records: readonly SequencedRecord[]): readonly string[] => records.map(textOf)

/** Asserts that records have the numbers `from`, `from` + 1, and so on: no gap and no duplicate. */
export function assertConsecutive(records: readonly SequencedRecord[], from: bigint): void {
  const expected = records.map((_, index) => from + BigInt(index))
  assert.deepEqual(
    records.map(({ seqNum }) => seqNum),
    expected,
  )
}

/** The next event of a session, which must be a batch. */
export async function nextBatch(session: ReadSession): Promise<readonly SequencedRecord[]> {
  const event = await session.next()
  assert(event.kind === 'batch', `expected a batch, actual ${event.kind}`)
  return event.batch.records
}

/** Existing records, up to the heartbeat that a session sends when it has reached the tail. */
export async function untilTail(session: ReadSession): Promise<readonly SequencedRecord[]> {
  const records: SequencedRecord[] = []
  for (;;) {
    const event = await session.next()
    if (event.kind === 'heartbeat') return records
    assert(event.kind === 'batch', `expected a batch or a heartbeat, actual ${event.kind}`)
    records.push(...event.batch.records)
  }
}
