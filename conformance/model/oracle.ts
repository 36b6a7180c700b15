import type {
  AppendAck,
  AppendInput,
  Position,
  ReadEnd,
  ReadStart,
  SequencedRecord,
} from '../../proto/types.ts'
import { append } from '../../reference-server/semantics/append.ts'
import { admitBatch } from '../../reference-server/semantics/batch.ts'
import { read } from '../../reference-server/semantics/read.ts'
import { isRefusal, type Refusal } from '../../reference-server/semantics/refusal.ts'
import { EMPTY_STREAM, type StreamState } from '../../reference-server/semantics/stream-state.ts'
import type { Timestamping } from '../../reference-server/semantics/timestamping.ts'

/** What the executable specification knows of one stream, all records kept. */
export interface Oracle {
  readonly state: StreamState
  readonly records: readonly SequencedRecord[]
  /** Trims take effect late (CMD-020): a read has shown that the records below this are gone. */
  readonly goneBelow: bigint
}

export const FRESH: Oracle = { state: EMPTY_STREAM, records: [], goneBelow: 0n }

const DEFAULT: Timestamping = { mode: 'client-prefer', uncapped: false }

export type Expected = { readonly ack: AppendAck; readonly after: Oracle } | Refusal

/** What an append must be answered with. Only the server knows `arrival`; it is taken from the answer. */
export function expectAppend(oracle: Oracle, input: AppendInput, arrival: bigint): Expected {
  const batch = admitBatch(input)
  if (isRefusal(batch)) return batch
  const sequenced = append(oracle.state, batch, arrival, DEFAULT)
  if (isRefusal(sequenced)) return sequenced
  const { state, start, end } = sequenced
  return {
    ack: { start, end, tail: end },
    after: { ...oracle, state, records: [...oracle.records, ...sequenced.records] },
  }
}

export type ReadOutcome = { readonly records: readonly SequencedRecord[] } | Refusal

/** One outcome that a read may have, and how far the trim had come if it has. */
export interface ExpectedRead {
  readonly outcome: ReadOutcome
  readonly goneBelow: bigint
}

/**
 * All outcomes that a read may have: one for each place that the trim may have come to, up to the trim point and never
 * back. A read that comes to the tail and finds nothing retained is also refused by some servers (READ-015, CMD-023).
 */
export function expectRead(oracle: Oracle, start: ReadStart, end: ReadEnd): readonly ExpectedRead[] {
  const { tail, trimPoint } = oracle.state
  const furthest = trimPoint > oracle.goneBelow ? trimPoint : oracle.goneBelow
  const outcomes: ExpectedRead[] = []
  for (let goneBelow = oracle.goneBelow; goneBelow <= furthest; goneBelow++) {
    const retained = oracle.records.filter(({ seqNum }) => seqNum >= goneBelow)
    const outcome = read({ tail, records: retained }, start, end)
    outcomes.push({ outcome, goneBelow })
    const foundNothing = !isRefusal(outcome) && outcome.records.length === 0 && !outcome.done
    if (foundNothing) outcomes.push({ outcome: { refusal: 'unwritten', tail }, goneBelow })
  }
  return outcomes
}

export const expectTail = (oracle: Oracle): Position => oracle.state.tail
