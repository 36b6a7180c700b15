import type { Answer } from '../../../client/answer.ts'
import type { ReadQuery, ReadResult, StreamClient } from '../../../client/stream-client.ts'
import type { AppendInput, AppendRecord } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'

/** A read that was on its way while others appended. */
export interface WaitedRead {
  readonly answer: Answer<ReadResult>
  /** How often the batch was appended meanwhile. */
  readonly appended: number
}

const PAUSE_MS = 300

/**
 * Reads with a `wait`, and appends `input` again and again until that read is answered, so that a record arrives
 * while it waits, however late its request reaches the target.
 */
export async function readWhileAppending(
  { expect, sleep }: CheckContext,
  stream: StreamClient,
  query: ReadQuery,
  input: AppendInput,
): Promise<WaitedRead> {
  let answered = false
  const appendUntilAnswered = async (): Promise<number> => {
    for (let appended = 0; ; appended += 1) {
      await sleep(PAUSE_MS)
      if (answered) return appended
      expect.ok(await stream.append(input))
    }
  }
  const reading = stream.read(query).finally(() => {
    answered = true
  })
  const [answer, appended] = await Promise.all([reading, appendUntilAnswered()])
  return { answer, appended }
}

/** The read brought one record, and that is one of those, of one record each, which were appended from number `from` on. */
export function expectOneOfThem(
  { expect }: Pick<CheckContext, 'expect'>,
  { answer, appended }: WaitedRead,
  from: bigint,
  sent: AppendRecord,
): void {
  const { records } = expect.ok(answer)
  const { seqNum } = expect.present(records[0], 'a record that was appended while the read waited')
  const beyond = from + BigInt(appended)
  expect.that(seqNum >= from && seqNum < beyond, `a number from ${from} on, below ${beyond}`, seqNum)
  expect.records(records, seqNum, [sent])
}

/** How long `work` took, in milliseconds, beside its result. */
export async function measured<Value>(
  { now }: CheckContext,
  work: Promise<Value>,
): Promise<{ readonly value: Value; readonly ms: number }> {
  const started = now()
  const value = await work
  return { value, ms: now() - started }
}
