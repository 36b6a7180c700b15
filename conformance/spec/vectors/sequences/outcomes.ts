import { parseJson } from '../../../../proto/json.ts'
import { readBatchToJson } from '../../../../proto/json-bodies.ts'
import { MAX_FENCING_TOKEN_BYTES } from '../../../../proto/limits.ts'
import type { AppendInput, Format, Position, SequencedRecord } from '../../../../proto/types.ts'
import { checkMatchSeqNum } from '../../../../reference-server/semantics/append/conditions.ts'
import type { Timestamping } from '../../../../reference-server/semantics/append/timestamping.ts'
import { unaryEnd } from '../../../../reference-server/semantics/read/read-query.ts'
import { nextEventId } from '../../../../reference-server/semantics/read/resume.ts'
import { isRefusal, type Refusal } from '../../../../reference-server/semantics/refusal.ts'
import { expectAppend, expectRead, expectTail, type Oracle, trimPlaces } from '../../../model/oracle.ts'
import { refusalToJson } from './refusal-json.ts'
import { boundsOf, type ReadRequest } from './request.ts'
import { arrivalOf, type Spacing, timeOf, timeToJson } from './times.ts'

/** One answer that the specification allows, in the language of matchers. */
export interface Outcome {
  readonly status: unknown
  readonly body: unknown
  /** Records below these numbers may have been removed by a trim for this answer to be right: lowest and highest. */
  readonly removed?: readonly [bigint, bigint]
  /** The documents allow it, and s2-lite never answers so. */
  readonly lenient?: true
}

export interface Judged {
  readonly outcomes: readonly Outcome[]
  readonly after: Oracle
  readonly accepted: boolean
}

export interface Settings {
  readonly spacing: Spacing
  readonly format: Format
  readonly timestamping: Timestamping
}

const TOO_LONG: Outcome = { status: { $range: [400, 499], except: [412] }, body: {} }

/** Judges an append that would be the `arrival`-th accepted one. */
export function judgeAppend(oracle: Oracle, input: AppendInput, arrival: number, settings: Settings): Judged {
  const refused = (outcomes: readonly Outcome[]): Judged => ({ outcomes, after: oracle, accepted: false })
  const at = arrivalOf(arrival, settings.spacing)
  const expected = expectAppend(oracle, input, at, settings.timestamping)
  const isTooLong = Buffer.byteLength(input.fencingToken ?? '') > MAX_FENCING_TOKEN_BYTES
  // Where a token that is too long is refused, and with which code, is the server's choice (REC-016).
  if (isTooLong) return refused([TOO_LONG])
  if (isRefusal(expected))
    return refused([refusalToJson(expected), ...otherCondition(oracle, input, expected)])
  const { start, end, tail } = expected.ack
  const body = { start: positionToJson(start), end: positionToJson(end), tail: positionToJson(tail) }
  return { outcomes: [{ status: 200, body }], after: expected.after, accepted: true }
}

/** Of two conditions that fail, the documents allow either to be reported (APP-019, APP-021). */
function otherCondition({ state }: Oracle, input: AppendInput, { refusal }: Refusal): readonly Outcome[] {
  if (refusal !== 'fencing-token-mismatch') return []
  const other = checkMatchSeqNum(state.tail.seqNum, input.matchSeqNum)
  return other === undefined ? [] : [{ ...refusalToJson(other), lenient: true }]
}

export const judgeTail = (oracle: Oracle): readonly Outcome[] => [
  { status: 200, body: { tail: positionToJson(expectTail(oracle)) } },
]

/** Judges a read for every place that a trim may have reached (CMD-020). */
export function judgeRead(
  oracle: Oracle,
  read: ReadRequest,
  sse: boolean,
  settings: Settings,
): readonly Outcome[] {
  const { start, end } = boundsOf(read, settings.spacing)
  const { tail, trimPoint } = oracle.state
  const bounds = sse ? end : unaryEnd(end)
  const outcomes: Outcome[] = []
  let readable = 0
  for (const place of trimPlaces(oracle, undefined)) {
    const removed = [place, place] as const
    const outcome = expectRead(oracle, place, start, bounds)
    if (isRefusal(outcome)) {
      outcomes.push({ ...refusalToJson(outcome), removed })
      // s2-lite resolves the start before it reads: the trim may take everything in between (READ-016).
      if (readable > 0 && place === tail.seqNum && trimPoint >= tail.seqNum)
        outcomes.push({ status: 200, body: { records: [] }, removed })
      continue
    }
    readable += outcome.records.length
    outcomes.push({ status: 200, body: recordsBody(outcome.records, sse, settings.format), removed })
    const isEmpty = outcome.records.length === 0 && !outcome.done
    // The documents also allow the answer of a read at the tail (CMD-023, READ-015).
    if (isEmpty) outcomes.push({ ...refusalToJson({ refusal: 'unwritten', tail }), removed, lenient: true })
  }
  return merged(outcomes)
}

/** A unary read may return only the first of its records, at least one (READ-032). */
function recordsBody(records: readonly SequencedRecord[], sse: boolean, format: Format): object {
  const shown = records.map((record) => recordToJson(record, format))
  if (!sse) return { records: shown.length > 1 ? { $first_of: shown } : shown }
  const id = nextEventId(undefined, records)
  const last = id === undefined ? null : `${id.seqNum},${id.count},${id.bytes}`
  return { records: shown, last_event_id: last }
}

function recordToJson(record: SequencedRecord, format: Format): object {
  const [shown] = recordsIn(readBatchToJson({ records: [record] }, format))
  return { body: '', ...shown, timestamp: timeToJson(timeOf(record.timestamp)) }
}

function recordsIn(json: string): readonly object[] {
  const batch = parseJson(json)
  if (typeof batch !== 'object' || batch === null || !('records' in batch)) return []
  return Array.isArray(batch.records) ? batch.records : []
}

export const positionToJson = ({ seqNum, timestamp }: Position): object => ({
  seq_num: seqNum,
  timestamp: timeToJson(timeOf(timestamp)),
})

/** Joins equal outcomes of neighbouring places. Without a trim, an outcome has no places. */
function merged(outcomes: readonly Outcome[]): readonly Outcome[] {
  const byKey = Map.groupBy(outcomes, ({ removed: _, ...outcome }) => keyOf(outcome))
  const all = [...byKey.values()].flatMap((same) => {
    const [first, last] = [same[0], same.at(-1)]
    if (first?.removed === undefined || last?.removed === undefined) return []
    return [{ ...first, removed: [first.removed[0], last.removed[1]] as const }]
  })
  const isUntrimmed = outcomes.every(({ removed }) => removed?.[1] === outcomes[0]?.removed?.[0])
  return isUntrimmed ? all.map(({ removed: _, ...outcome }) => outcome) : all
}

const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) => (typeof member === 'bigint' ? `${member}n` : member))

/** Returns the outcomes without timestamps: what must not depend on how far arrivals are apart. */
export const shapeOf = (outcomes: readonly Outcome[]): string =>
  JSON.stringify(outcomes, (name, member: unknown) =>
    name === 'timestamp' ? 0 : typeof member === 'bigint' ? `${member}n` : member,
  )
