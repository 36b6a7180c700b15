import type { Answer } from '../../client/answer.ts'
import { batch } from '../../client/records.ts'
import type { AppendSession, StreamClient } from '../../client/stream-client.ts'
import { TargetError } from '../../client/target-error.ts'
import type { AppendAck } from '../../proto/types.ts'
import type { Expect } from '../check/expect.ts'
import type { Survivor } from './survivor.ts'
import type { Witness } from './witness.ts'

const WINDOW = 8
const RECORDS = 3

export interface RetryingParts {
  /** A fresh stream that nobody else writes to, spoken to over S2S. */
  readonly stream: StreamClient
  readonly witness: Pick<Witness, 'count'>
  readonly survivor: Survivor
  readonly expect: Pick<Expect, 'ok' | 'refused' | 'that'>
}

export interface Retried {
  /** Batches that the client takes for written, in their order. */
  readonly batches: readonly (readonly string[])[]
  /** Without an answer the first time, and sent again. */
  readonly again: number
  /** Of these, found to have been written the first time. */
  readonly found: number
}

/**
 * The one writer of a stream that wants every batch in it exactly once: each goes out on condition of its number, and one
 * whose answer was lost is sent again on the same condition. Refused with a number behind it, it had been written.
 */
export async function writeExactlyOnce(parts: RetryingParts): Promise<Retried> {
  const { stream, survivor } = parts
  const batches: (readonly string[])[] = []
  let done = 0
  let again = 0
  let found = 0
  const numberOf = (index: number): bigint => BigInt(index * RECORDS)
  const inputOf = (index: number) => {
    batches[index] ??= Array.from({ length: RECORDS }, (_, of) => `once-${index}.${of}`)
    return { ...batch(...batches[index]), matchSeqNum: numberOf(index) }
  }
  /** Batches whose answer is not known, one after another, until there is none. */
  const settle = async (): Promise<void> => {
    while (done < batches.length) {
      const answer = await stream.over('protobuf').append(inputOf(done))
      again++
      if (wasWritten(answer, numberOf(done))) found++
      else parts.expect.ok(answer)
      done++
    }
  }
  const writeSession = async (session: AppendSession): Promise<void> => {
    let sent = done
    while (survivor.goesOn || done < sent) {
      while (survivor.goesOn && sent < done + WINDOW) {
        await session.send(inputOf(sent++))
        parts.witness.count('sent')
      }
      const answer = await session.next()
      if (answer.status === 0 || answer.status >= 500) return
      parts.expect.ok(answer)
      done++
      parts.witness.count('acked')
    }
  }
  while (survivor.goesOn || done < batches.length) {
    await survivor.survive(async () => {
      await settle()
      const session = await stream.openAppend()
      try {
        await writeSession(session)
      } finally {
        session.cancel()
      }
    })
  }
  return { batches, again, found }
}

/** Refused because the next number is at or behind the end of the batch. One before its start shows that others were lost. */
function wasWritten({ status, error }: Answer<AppendAck>, start: bigint): boolean {
  const actual = error?.seq_num_mismatch
  if (status !== 412 || actual === undefined || actual < start) return false
  if (actual < start + BigInt(RECORDS))
    throw new TargetError('malformed', `the next number is ${actual}, in the middle of a batch`)
  return true
}
