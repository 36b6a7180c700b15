import type { Answer } from '../../../client/answer.ts'
import { askedFor } from '../../../client/asked.ts'
import type { ReadResult } from '../../../client/stream-client.ts'
import { isS2s, type Transport } from '../../../client/transport.ts'
import { deepEqual } from '../../../kit/deep-equal.ts'
import type { Position, ReadEnd, ReadStart, SequencedRecord } from '../../../proto/types.ts'
import { checkReadQuery, unaryEnd } from '../../../reference-server/semantics/read/read-query.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import { notNegative } from '../not-negative.ts'
import { expectRead, type ReadOutcome, trimPlaces } from '../oracle.ts'
import { viewedOver } from '../raw-view.ts'
import { isRefusedAs, showAnswer, showRefusal } from '../refusals.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { ReadStep, StepStart } from '../step.ts'
import { summary } from '../summary.ts'
import { isExact, type Meeting, meet, streamOf, type World, withStream } from '../world.ts'
import { placeMovedTo } from './moving-trim.ts'

/** Only a session reads on to the tail for certain (READ-049). */
export const isSession = (transport: Transport): boolean => transport === 'sse' || isS2s(transport)

export async function read(run: Run, step: ReadStep): Promise<Answered> {
  const [world] = run.worlds
  const client = run.streams[step.stream]
  if (world === undefined || client === undefined) throw new RangeError(`no stream ${step.stream}`)
  const { tail } = streamOf(world, step.stream).state
  const asked = { stream: step.stream, start: startOf(step, tail), end: endOf(step, tail) }
  const answer = await client.read({ ...asked.start, ...asked.end })
  return judgedRead(run, { ...asked, answer, transport: run.transport })
}

export interface AskedRead {
  readonly stream: number
  readonly start: ReadStart
  readonly end: ReadEnd
  readonly answer: Answer<ReadResult>
  readonly transport: Transport
}

export const judgedRead = (run: Pick<Run, 'worlds'>, read: AskedRead): Answered => ({
  asked: askedFor(read.answer),
  came: showAnswer(read.answer, ({ records }) => ({ records: summary(records) })),
  possibilities: run.worlds.flatMap((each) => judgeRead(each, read)),
})

/** A query that contradicts itself is refused whatever it is asked of (READ-028). */
function judgeRead(world: World, read: AskedRead): readonly Possibility[] {
  const invalid = checkReadQuery(read.start, read.end)
  if (invalid !== undefined) return [possibility(invalid, read, world, false)]
  return meet(world, read.stream, 'read').flatMap((meeting) => judgeMet(meeting, read))
}

function judgeMet(meeting: Meeting, asked: AskedRead): readonly Possibility[] {
  if (meeting.met === 'refused') return [possibility(meeting.refusal, asked, meeting.world, false)]
  const { stream, world, before } = meeting
  const session = isSession(asked.transport)
  const end = session ? asked.end : unaryEnd(asked.end)
  const [first] = asked.answer.value?.records ?? []
  const mayBeShort = !session && !isExact(world)
  const possibilities: Possibility[] = []
  for (const place of trimPlaces(stream, first?.seqNum)) {
    const outcome = expectRead(stream, place, asked.start, end)
    const after = withStream(world, asked.stream, { ...stream, goneBelow: place })
    const own = [possibility(outcome, asked, after, mayBeShort)]
    const nothing = !isRefusal(outcome) && outcome.records.length === 0 && !outcome.done
    // Elsewhere than on s2-lite also the answer of a read that stands at the tail (CMD-023, READ-015).
    if (nothing && !isExact(world)) {
      const { tail } = stream.state
      own.push(possibility({ refusal: 'unwritten', tail }, asked, after, false))
    }
    if (meeting.met === 'made' && isRefusal(outcome) && !isExact(world))
      own.push(possibility(outcome, asked, before, false))
    possibilities.push(...own)
    if (own.some(({ fits }) => fits)) break
    // To tell what was allowed, the two ends of the trim's way are enough.
    if (possibilities.length > 4) possibilities.splice(1, possibilities.length - 3)
  }
  const isExplained = possibilities.some(({ fits }) => fits)
  if (isExplained) return possibilities
  const overtaken = session ? overtakenByTrim(meeting, asked) : emptiedByTrim(meeting, asked)
  return overtaken === undefined ? possibilities : [...possibilities, overtaken]
}

type Met = Extract<Meeting, { readonly stream: unknown }>

/**
 * s2-lite looks up where a unary read begins, and then reads: where the trim takes all that there is in between, the answer is
 * empty, and not the refusal of a read at the tail (READ-016). Seen once; a find, and no reason to fail each run in which it comes.
 */
function emptiedByTrim({ stream, world }: Met, asked: AskedRead): Possibility | undefined {
  const { answer, start, end } = asked
  const { trimPoint, tail } = stream.state
  const isEmptied = isExact(world) && stream.goneBelow < tail.seqNum && trimPoint >= tail.seqNum
  if (!isEmptied || answer.status !== 200 || answer.value?.records.length !== 0) return undefined
  const before = expectRead(stream, stream.goneBelow, start, unaryEnd(end))
  if (isRefusal(before) || before.records.length === 0) return undefined
  const after = withStream(world, asked.stream, { ...stream, goneBelow: tail.seqNum })
  return { expected: { status: 200, records: [] }, fits: true, after }
}

/** The trim moved ahead while the session read; undefined where that does not explain what came. */
function overtakenByTrim({ stream, world }: Met, asked: AskedRead): Possibility | undefined {
  const got = asked.answer.value?.records ?? []
  const sent = got.flatMap(({ seqNum }) => stream.records[Number(seqNum)] ?? [])
  if (asked.answer.status !== 200 || !deepEqual(viewedOver(asked.transport, sent), got)) return undefined
  for (const place of trimPlaces(stream, got[0]?.seqNum)) {
    const goneBelow = placeMovedTo(stream, place, asked.start, asked.end, got)
    if (goneBelow === undefined) continue
    const after = withStream(world, asked.stream, { ...stream, goneBelow })
    return { expected: { status: 200, records: summary(sent) }, fits: true, after }
  }
  return undefined
}

function possibility(
  outcome: ReadOutcome,
  { answer, transport }: AskedRead,
  after: World,
  mayBeShort: boolean,
): Possibility {
  if (isRefusal(outcome)) {
    return { expected: showRefusal(outcome), fits: isRefusedAs(answer, outcome), after }
  }
  return {
    expected: { status: 200, records: summary(outcome.records) },
    fits:
      answer.status === 200 &&
      isDelivered(viewedOver(transport, outcome.records), answer.value?.records, mayBeShort),
    after,
  }
}

/** A unary read may return fewer records than there are, but not none (READ-032). */
function isDelivered(
  wanted: readonly SequencedRecord[],
  got: readonly SequencedRecord[] | undefined,
  mayBeShort: boolean,
): boolean {
  if (got === undefined) return false
  const short = mayBeShort && got.length > 0 && got.length < wanted.length
  return deepEqual(got, short ? wanted.slice(0, got.length) : wanted)
}

/** The start of a step, as numbers of the stream as it is. */
export function startOf(
  { start, clamp }: { readonly start: StepStart; readonly clamp?: boolean },
  tail: Position,
): ReadStart {
  return { ...selectorOf(start, tail), ...(clamp !== undefined && { clamp }) }
}

function selectorOf(start: StepStart, tail: Position): ReadStart {
  switch (start.from) {
    case 'tail':
      return {}
    case 'seq-num':
      return { seqNum: notNegative(tail.seqNum - BigInt(start.back)) }
    case 'tail-offset':
      return { tailOffset: notNegative(BigInt(start.back)) }
    case 'timestamp':
      return { timestamp: notNegative(tail.timestamp + BigInt(start.fromTail)) }
  }
}

function endOf({ count, bytes, until, wait }: ReadStep, tail: Position): ReadEnd {
  return {
    ...(count !== undefined && { count: BigInt(count) }),
    ...(bytes !== undefined && { bytes: BigInt(bytes) }),
    ...(until !== undefined && { until: notNegative(tail.timestamp + BigInt(until)) }),
    wait: wait ?? 0,
  }
}
