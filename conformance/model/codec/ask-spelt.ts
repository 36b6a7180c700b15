import type { Answer } from '../../../client/answer.ts'
import { ConformanceFailure } from '../../../client/failures.ts'
import { batch, record } from '../../../client/records.ts'
import type { RequestOptions } from '../../../client/stream-client.ts'
import { TargetError } from '../../../client/target-error.ts'
import { messageOf } from '../../../kit/message-of.ts'
import { show } from '../../../kit/show.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Report } from '../property.ts'

/** Requests to be spelt in some way: what they ask, and the words for how they are spelt. */
export interface Spelt {
  /** Of each record of the append. */
  readonly lengths: readonly number[]
  readonly options: RequestOptions
  readonly how: string
}

/**
 * An append, an append whose condition is wrong, and a read, each spelt so: they are answered as they are however they are spelt.
 */
export async function askSpelt(
  context: CheckContext,
  { lengths, options, how }: Spelt,
  tell: Report,
): Promise<void> {
  const { newStream, expect } = context
  const stream = await newStream()
  const sent = lengths.map((length, index) => record(`${index}`.padEnd(length, 'x')))
  const count = BigInt(sent.length)

  const ask = async <Value>(
    request: string,
    expected: string,
    sending: Promise<Answer<Value>>,
  ): Promise<Answer<Value>> => {
    const line = { request: `${request}, ${how}`, expected }
    try {
      const answer = await sending
      tell({ ...line, actual: `${answer.status} ${show(answer.error?.json ?? answer.value)}` })
      return answer
    } catch (error) {
      tell({ ...line, actual: messageOf(error) })
      if (!(error instanceof TargetError) || error.code !== 'cut') throw error
      // The server closed the connection because of the spelling: that is its answer.
      const answered = 'an answer, as to the same request in another spelling'
      throw new ConformanceFailure({ subject: 'the answer', expected: answered, actual: error.message })
    }
  }

  const appending = stream.append({ records: sent }, options)
  const appended = await ask(`append of ${lengths} bytes`, `numbers 0 to ${count}`, appending)
  const { start, end } = expect.ok(appended)
  expect.equal([start.seqNum, end.seqNum], [0n, count], 'numbers of the ack')

  const matching = stream.append({ ...batch('no'), matchSeqNum: count + 1n }, options)
  const refused = await ask(`append if ${count + 1n}`, `412 ${count}`, matching)
  expect.refused(refused, 412, { seq_num_mismatch: count })

  const read = await ask('read from 0', 'what was sent', stream.read({ seqNum: 0n, count }, options))
  expect.records(expect.ok(read).records, 0n, sent)
  await expect.holds(stream, sent)
}
