import type { Answer } from '../../client/answer.ts'
import { ConformanceFailure } from '../../client/failures.ts'
import { fence, record, trim } from '../../client/records.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import { TargetError } from '../../client/target-error.ts'
import { isS2s } from '../../client/transport.ts'
import { ERROR_CODES, isErrorCode } from '../../proto/error-codes.ts'
import type { AppendAck, AppendInput, Position, SequencedRecord } from '../../proto/types.ts'
import { type Outcome, type Request, type Seen, trimBody } from './operation.ts'

/** Sends one action and says what became of it. An answer that did not come is an outcome too; only our own faults throw. */
export async function perform(stream: StreamClient, did: Request): Promise<Outcome> {
  try {
    switch (did.action) {
      case 'append':
        return appendOutcome(await stream.append(inputOf(did)))
      case 'read': {
        const answer = whole(await stream.read({ seqNum: did.from, count: BigInt(did.count) }))
        return answer.value === undefined
          ? unwritten(answer)
          : { outcome: 'records', records: answer.value.records.map(seen), complete: isSession(stream) }
      }
      case 'check-tail': {
        const answer = whole(await stream.checkTail())
        return answer.value === undefined ? { outcome: 'failed' } : { outcome: 'tail', tail: answer.value }
      }
    }
  } catch (error) {
    if (error instanceof TargetError) return { outcome: did.action === 'append' ? 'unknown' : 'failed' }
    throw error
  }
}

const text = new TextDecoder()

export const seen = ({ seqNum, timestamp, headers, body }: SequencedRecord): Seen => {
  const [only] = headers
  const isTrim = only !== undefined && only.name.length === 0 && text.decode(only.value) === 'trim'
  return { seqNum, timestamp, body: isTrim ? trimBody(viewOf(body).getBigUint64(0)) : text.decode(body) }
}

const viewOf = (body: Uint8Array): DataView => new DataView(body.buffer, body.byteOffset, body.length)

/** A bounded session ends at the tail or at its count, a unary read may end before (READ-032, READ-049). */
const isSession = ({ transport }: StreamClient): boolean => transport === 'sse' || isS2s(transport)

/** The batch of an append, as it is sent. */
export function inputOf(did: Extract<Request, { action: 'append' }>): AppendInput {
  return {
    records: [
      ...did.bodies.map((body) => record(body)),
      ...(did.fence === undefined ? [] : [fence(did.fence)]),
      ...(did.trim === undefined ? [] : [trim(did.trim)]),
    ],
    ...(did.matchSeqNum === undefined ? {} : { matchSeqNum: did.matchSeqNum }),
    ...(did.fencingToken === undefined ? {} : { fencingToken: did.fencingToken }),
  }
}

/** Each of these operations succeeds with 200 and with nothing else. */
function whole<Value>(answer: Answer<Value>): Answer<Value> {
  const { status, value } = answer
  if (value === undefined || status === 200) return answer
  throw new ConformanceFailure({ subject: 'status of a success', expected: '200', actual: String(status) })
}

/** Definite are the reported conditions and the codes that promise no effect (ERR-043); all else may have had one. */
export function appendOutcome(answer: Answer<AppendAck>): Outcome {
  const { value, error } = whole(answer)
  if (value !== undefined) return { outcome: 'acked', start: value.start, end: value.end, tail: value.tail }
  if (error?.seq_num_mismatch !== undefined)
    return { outcome: 'seq-num-mismatch', actual: error.seq_num_mismatch }
  if (error?.fencing_token_mismatch !== undefined) {
    return { outcome: 'fencing-token-mismatch', actual: error.fencing_token_mismatch }
  }
  const { code } = error ?? {}
  const definite = code !== undefined && isErrorCode(code) && !ERROR_CODES[code].sideEffects
  return { outcome: definite ? 'failed' : 'unknown' }
}

function unwritten({ error }: Answer<unknown>): Outcome {
  const tail: Position | undefined = error?.tail
  return tail === undefined ? { outcome: 'failed' } : { outcome: 'unwritten', tail }
}
