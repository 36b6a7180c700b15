import type {
  AppendAck,
  AppendInput,
  Position,
  ReadEnd,
  ReadStart,
  SequencedRecord,
} from '../../proto/types.ts'
import { append } from '../../reference-server/semantics/append/append.ts'
import { EMPTY_STREAM, type StreamState } from '../../reference-server/semantics/append/stream-state.ts'
import type { Timestamping } from '../../reference-server/semantics/append/timestamping.ts'
import { admitBatch } from '../../reference-server/semantics/batch/batch.ts'
import { read } from '../../reference-server/semantics/read/read.ts'
import { isRefusal, type Refusal } from '../../reference-server/semantics/refusal.ts'

/** What the executable specification knows of one stream, all records kept. */
export interface Oracle {
  readonly state: StreamState
  readonly records: readonly SequencedRecord[]
  /** Trims take effect late (CMD-020): a read has shown that the records below this are gone. */
  readonly goneBelow: bigint
  /** Numbers of records whose timestamps are assumed: they were trimmed before anything showed when they arrived. */
  readonly assumed: readonly bigint[]
}

export const FRESH: Oracle = { state: EMPTY_STREAM, records: [], goneBelow: 0n, assumed: [] }

const DEFAULT: Timestamping = { mode: 'client-prefer', uncapped: false }

export type Expected<Known extends Oracle = Oracle> =
  | { readonly ack: AppendAck; readonly after: Known }
  | Refusal

/** What an append must be answered with. Only the server knows `arrival`; it is taken from the answer. */
export function expectAppend<Known extends Oracle>(
  oracle: Known,
  input: AppendInput,
  arrival: bigint,
  timestamping: Timestamping = DEFAULT,
): Expected<Known> {
  const batch = admitBatch(input)
  if (isRefusal(batch)) return batch
  const sequenced = append(oracle.state, batch, arrival, timestamping, undefined)
  if (isRefusal(sequenced)) return sequenced
  const { state, start, end } = sequenced
  return {
    ack: { start, end, tail: end },
    after: { ...oracle, state, records: [...oracle.records, ...sequenced.records] },
  }
}

export type ReadOutcome = { readonly records: readonly SequencedRecord[]; readonly done: boolean } | Refusal

/** What a read is answered with if the records below `goneBelow` are gone. */
export function expectRead(
  { state, records }: Oracle,
  goneBelow: bigint,
  start: ReadStart,
  end: ReadEnd,
): ReadOutcome {
  // Numbers are contiguous from 0, so a number is also an index.
  const retained = records.slice(Number(goneBelow))
  return read({ tail: state.tail, records: retained }, start, end)
}

/**
 * The places that the trim may have come to, given the number of the first record that was read, if any; up to the trim
 * point and never back. In ascending order: the lowest place that explains an answer claims the least for later ones.
 */
export function* trimPlaces(
  { state, goneBelow }: Oracle,
  first: bigint | undefined,
): Generator<bigint, void> {
  const furthest = state.trimPoint > goneBelow ? state.trimPoint : goneBelow
  if (first === undefined) {
    for (let place = goneBelow; place <= furthest; place++) yield place
    return
  }
  yield goneBelow
  if (first > goneBelow && first <= furthest) yield first
}

export const expectTail = (oracle: Oracle): Position => oracle.state.tail
